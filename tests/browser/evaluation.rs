//! An enterprise answers on a telephone, without an account, by the personal link in a letter.

use sea_orm::EntityTrait;
use tests::{
    browser::{self, Visit},
    mailbox::Mailbox,
};

/// A telephone.
const WIDTH: u32 = 390;

/// The page to which the reminder of one who has not answered leads; another one for each place.
fn link(visit: &Visit, place: usize) -> String {
    let letters = Mailbox::at(visit.mailbox()).letters();
    let mut links = letters
        .iter()
        .filter(|letter| letter.text.contains("我们尚未收到贵企业的答卷"))
        .filter_map(|letter| {
            let (_, after) = letter.text.split_once("/answer/")?;
            Some(format!("/answer/{}", after.split_whitespace().next()?))
        });
    links.nth(place).expect("somebody has not answered")
}

/// Chooses the first, second or third way of bearing a name.
async fn choose(visit: &Visit, place: usize) {
    visit
        .press(&format!("#choose label:nth-of-type({place})"))
        .await;
    visit.press("#choose button").await;
    visit.find("#answer").await;
}

const FIRST: &str = "#answer > details:first-of-type";

/// Rates the first department with the second level in its first two questions, and writes a wish.
async fn rate(visit: &Visit, wish: &str) {
    if visit.count(&format!("{FIRST}[open]")).await == 0 {
        visit.press(&format!("{FIRST} summary")).await;
    }
    for question in [1, 2] {
        let scale = format!("{FIRST} fieldset.scale:nth-of-type({question})");
        visit.press(&format!("{scale} label:nth-of-type(2)")).await;
    }
    visit.type_into("wish", wish).await;
}

/// How many of the first department's levels are ticked, and the wish, as the page shows them.
async fn kept(visit: &Visit) -> (usize, String) {
    let ticked = visit.count(&format!("{FIRST} .scale input:checked")).await;
    let wish = visit.find("main [name='wish']").await.value().await;
    (ticked, wish.expect("a value").unwrap_or_default())
}

/// Gives the answer; the link says so when it is opened once more.
async fn submit(visit: &Visit, path: &str) {
    visit.press("#answer button.main").await;
    visit.says("答卷已收到，谢谢").await;
    visit.open_page(path).await;
    visit.says("此链接已失效").await;
    visit.says("贵企业已提交答卷").await;
}

/// How many answers have been counted.
async fn answered(visit: &Visit) -> i32 {
    let all = entity::evaluation::Entity::find().all(visit.store.db());
    let all = all.await.expect("evaluations");
    all.iter().map(|one| one.answered).sum()
}

#[test]
fn an_enterprise_answers_on_a_telephone_without_an_account() {
    browser::run(async |visit| {
        let before = answered(visit).await;
        let path = link(visit, 0);
        visit.open_page(&path).await;
        visit.judge("answer-choose").await;
        visit.picture("answer-choose", WIDTH).await;
        choose(visit, 1).await;
        rate(visit, "希望早晚班车能准点").await;
        // What was typed is saved as soon as the next thing is touched.
        visit
            .press("#answer label:has([name=visits]):nth-of-type(2)")
            .await;
        visit.find("#saved .icon").await;
        visit.open_page(&path).await;
        visit.find("#answer").await;
        assert_eq!(kept(visit).await, (2, "希望早晚班车能准点".to_owned()));
        visit.judge("answer").await;
        visit.picture("answer", WIDTH).await;
        submit(visit, &path).await;

        // Without a name nothing leaves the browser before it is given.
        let path = link(visit, 1);
        visit.open_page(&path).await;
        choose(visit, 3).await;
        rate(visit, "希望一次告知全部材料").await;
        visit.open_page(&path).await;
        visit.find("#answer").await;
        assert_eq!(kept(visit).await, (2, "希望一次告知全部材料".to_owned()));
        submit(visit, &path).await;
        let left = "return Object.keys(localStorage).length";
        let left = visit.driver.execute(left, Vec::new()).await;
        assert_eq!(*left.expect("a script").json(), 0, "nothing stays behind");
        assert_eq!(answered(visit).await, before + 2);
    });
}

#[test]
fn an_enterprise_answers_without_a_script() {
    browser::without_scripts(async |visit| {
        let before = answered(visit).await;
        let path = link(visit, 0);
        visit.open_page(&path).await;
        choose(visit, 2).await;
        rate(visit, "希望早晚班车能准点").await;
        visit.press("#answer button[formaction]").await;
        visit.find(".notice").await;
        visit.open_page(&path).await;
        assert_eq!(kept(visit).await, (2, "希望早晚班车能准点".to_owned()));
        submit(visit, &path).await;
        assert_eq!(answered(visit).await, before + 1);
    });
}
