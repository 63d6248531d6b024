//! Who sees what. What one may not see does not exist: not by its id, not in a list, not in a count.

use serde_json::{Value, json};
use tests::{Park, Who, matters::Matters, schema::Schema, stories};

/// The matters of the first enterprise, and who of its side and of the other side sees them. `Nobody` sees nothing.
const MATRIX: &str = "
absence       Admin Leader Centre Head Window Supervisor
account       Admin Centre Liaison
application   Leader Centre Liaison Head Window Enterprise Supervisor
audit         Supervisor
case          Leader Centre Liaison Head Window Enterprise Supervisor
clause        Leader Centre Liaison Head Enterprise Supervisor
comment       Leader Centre Liaison Head Enterprise Supervisor
commitment    Leader Centre Liaison Head Enterprise Supervisor
contract      Leader Centre Liaison Head Enterprise Supervisor
deadline      Leader Centre Liaison Head Enterprise Supervisor
department    Admin Leader Centre Liaison OtherLiaison Head OtherHead Window Enterprise OtherEnterprise Supervisor Inspector
document      Leader Centre Liaison Enterprise Supervisor
enterprise    Leader Centre Liaison Head Window Enterprise Supervisor
evaluation    Leader Centre Liaison OtherLiaison Head OtherHead Enterprise OtherEnterprise Supervisor
evaluationdesign Admin Leader Centre Liaison OtherLiaison Head OtherHead Window Enterprise OtherEnterprise Supervisor Inspector
evaluationobjection Leader Centre Head Supervisor
feed          Liaison
item          Leader Centre Head Window Supervisor
job           Admin Centre
jobrun        Admin Centre
letter        Admin Centre Liaison
liaison       Leader Centre Liaison Head Enterprise Supervisor
milestone     Leader Centre Liaison Head Enterprise Supervisor
notice        Liaison
obligation    Leader Centre Liaison Head Enterprise Supervisor
permit        Leader Centre Liaison Head Enterprise Supervisor
rating        Leader Centre Liaison Head Window Enterprise Supervisor
rectification Leader Centre Liaison Head Window Enterprise Supervisor
project       Leader Centre Liaison Head Enterprise Supervisor
savedfilter   Liaison
session       Admin Liaison
standardpromises Admin Leader Centre Liaison OtherLiaison Head OtherHead Window Enterprise OtherEnterprise Supervisor Inspector
supervision   Leader Centre Liaison Head Supervisor
visit         Leader Centre Liaison Head Enterprise Supervisor
";

fn seen(who: Who, id: &str) -> bool {
    let kind = id.split('_').next().unwrap_or_default();
    let line = MATRIX
        .lines()
        .find(|line| line.split_whitespace().next() == Some(kind));
    let line =
        line.unwrap_or_else(|| panic!("say in MATRIX who sees a thing of the kind `{kind}`"));
    line.split_whitespace()
        .any(|name| name == format!("{who:?}"))
}

/// The lists of the schema that can be asked by everybody, and whether their rows are things of their own; the others are about a case.
fn lists() -> Vec<(String, bool)> {
    let schema = Schema::read();
    let roots = schema.fields("Query").into_iter();
    roots
        .filter(|root| root.bare && root.kind.ends_with("Connection"))
        .map(|root| {
            let fields = schema.fields(root.kind.trim_end_matches("Connection"));
            let is_thing = fields.iter().any(|field| field.name == "id");
            (root.name, is_thing)
        })
        .collect()
}

/// The ids in a list, and how many it says it has; nothing where the role may not ask for it.
async fn listed(park: &Park, who: Who, list: &str, is_thing: bool) -> (Vec<String>, u64) {
    let (asked, place) = match is_thing {
        true => ("id", "/id"),
        false => ("case { id }", "/case/id"),
    };
    let query = format!(
        "query($after: String) {{ {list}(first: 100, after: $after) {{ totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ {asked} }} }} }}"
    );
    let mut ids = Vec::new();
    let mut after = Value::Null;
    loop {
        let mut answer = park.graphql(who, &query, json!({"after": after})).await;
        if answer.get("errors").is_some() {
            let code = &answer["errors"][0]["extensions"]["code"];
            assert!(
                code == "FORBIDDEN" || code == "UNAUTHENTICATED",
                "{who:?} {list}: {answer:#}"
            );
            return (Vec::new(), 0);
        }
        let page = answer["data"][list].take();
        let nodes = page["nodes"].as_array().expect("nodes").iter();
        let key = |node: &Value| {
            node.pointer(place)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        ids.extend(nodes.map(|node| key(node).expect("an id")));
        if page["pageInfo"]["hasNextPage"] != true {
            return (ids, page["totalCount"].as_u64().expect("a count"));
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

stories! {
    async fn what_one_may_not_see_does_not_exist(park: Park) {
        let matters = Matters::settle(&park).await;
        let by_id = "query($id: ID!) { node(id: $id) { id } }";
        let never = park.graphql(Who::OtherEnterprise, by_id, json!({"id": "project_00000000000000000000000000000000"})).await;
        for who in Who::ALL.into_iter().chain([Who::Nobody]) {
            for id in matters.ids() {
                let answer = park.graphql(who, by_id, json!({"id": id})).await;
                if who == Who::Nobody {
                    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
                } else if seen(who, id) {
                    assert_eq!(answer, json!({"data": {"node": {"id": id}}}), "{who:?} must see it");
                } else {
                    assert_eq!(answer, never, "{who:?} must not see {id}");
                }
            }
        }
    }

    async fn a_list_holds_what_its_reader_may_see_and_no_more(park: Park) {
        let matters = Matters::settle(&park).await;
        let mut found = 0;
        for (list, is_thing) in lists() {
            for who in Who::ALL.into_iter().chain([Who::Nobody]) {
                let (ids, total) = listed(&park, who, &list, is_thing).await;
                assert_eq!(ids.len() as u64, total, "{who:?} {list}");
                let ours: Vec<&str> = matters.ids().filter(|id| ids.iter().any(|listed| listed == id)).collect();
                for id in &ours {
                    assert!(seen(who, id), "{who:?} finds {id} in {list}");
                }
                found += ours.len();
            }
        }
        assert!(found > 50, "the lists hold hardly anything: {found}");
    }

    async fn what_hangs_below_a_thing_is_scoped_like_the_thing(park: Park) {
        let matters = Matters::settle(&park).await;
        let query = "query($id: ID!) { contract(id: $id) { number commitments { textEn } openObligations { occasion }
            projects { name milestones { name } reports { note } } } }";
        let read = async |who: Who| -> Value {
            park.data(who, query, json!({"id": matters.id("contract")})).await["contract"].take()
        };
        let centre = read(Who::Centre).await;
        assert_eq!(centre["commitments"].as_array().map(Vec::len), Some(2 + standard(&centre)));
        let head = read(Who::Head).await;
        assert_eq!(head["commitments"], json!([{"textEn": "An example"}]), "only what the department promised");
        assert_eq!(head["projects"][0]["name"], "示例项目");
        assert_eq!(read(Who::OtherHead).await, Value::Null);
        assert_eq!(read(Who::OtherEnterprise).await, Value::Null);
    }
}

/// How many of the standard promises a contract has.
fn standard(contract: &Value) -> usize {
    let promises = contract["commitments"].as_array().expect("promises").iter();
    promises
        .filter(|promise| {
            let text = promise["textEn"].as_str().expect("a text");
            text != "An example" && text != "An example of the centre"
        })
        .count()
}
