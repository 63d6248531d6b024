//! The catalogue of approval items of the demonstration: an example, published by the ordinary commands, and a further version that waits.

use chrono::NaiveDate;
use entity::{
    calendar::rules::Calendar,
    catalogue::{Clock, Fact, Files, History},
    document,
    item::{
        self,
        commands::{
            Confirm, Draft, Import, ImportError, Propose, Publish, confirm, draft, propose, publish,
        },
        repository, rules,
    },
    language::Text,
    store::Store,
    viewer::Viewer,
};

use super::{DemoError, NOTICE};

/// The item of which a further version waits for its publication: of the department whose head signs in.
const CHANGED: &str = "R06";

/// Another one of that department, whose next version is being drafted.
const DRAFTED: &str = "R10";

impl From<ImportError> for DemoError {
    fn from(error: ImportError) -> Self {
        Self::History(error.to_string())
    }
}

/// Reads and publishes the catalogue.
pub(super) async fn begin(
    store: &Store,
    system: &Viewer,
    calendar: &Calendar,
) -> Result<(), DemoError> {
    take(store, system, Files::embedded()).await?;
    let decision = document::commands::store(
        store,
        system,
        document::commands::Store {
            enterprise_id: None,
            name: "默许类别批准文件（示例）.pdf".to_owned(),
            internal: true,
            bytes: NOTICE.to_vec(),
        },
    )
    .await?;
    let today = store.today();
    let first_day = match calendar.is_working_day(today) {
        true => today,
        false => calendar.add_working_days(today, 1),
    };
    for item in repository::all(store.db()).await? {
        let versions = repository::versions_of(store.db(), system, &[item.id]).await?;
        if rules::draft(&versions).is_err() {
            continue;
        }
        let mut item = propose_from(store, system, &item, first_day).await?;
        let versions = repository::versions_of(store.db(), system, &[item.id]).await?;
        if rules::may_confirm(system, &versions).is_ok() {
            let input = Confirm {
                id: item.id,
                expected_version: item.version,
                document_id: decision.id,
            };
            item = confirm(store, system, input).await?;
        }
        let input = Publish {
            id: item.id,
            expected_version: item.version,
            valid_from: None,
        };
        publish(store, system, input).await?;
    }
    Ok(())
}

/// A department promises one day less, and waits for the service centre.
pub(super) async fn go_on(
    store: &Store,
    system: &Viewer,
    calendar: &Calendar,
) -> Result<(), DemoError> {
    let mut files = item::commands::files(store).await?;
    let Some(row) = files.items.iter_mut().find(|row| row.code == CHANGED) else {
        return Ok(());
    };
    let Some(days) = row.promise_after else {
        return Ok(());
    };
    row.promise_after = Some(days - 1);
    let (before, after) = (days.to_string(), (days - 1).to_string());
    for limit in &mut files.limits {
        if limit.item == CHANGED && limit.clock == Clock::Promised {
            limit.limit = days - 1;
        }
    }
    for guide in files.guides.iter_mut().filter(|row| row.item == CHANGED) {
        guide.promise.zh = guide.promise.zh.replacen(&before, &after, 1);
        guide.promise.en = guide.promise.en.replacen(&before, &after, 1);
    }
    let from = calendar.add_working_days(store.today(), 10);
    let promised = |row: &History| row.item == CHANGED && matches!(row.fact, Fact::Promise(_));
    if let Some(last) = files.history.iter().rposition(promised) {
        files.history[last].to = from.pred_opt();
        let next = History {
            fact: Fact::Promise(days - 1),
            from,
            to: None,
            reason: Text::new("承诺时限再压缩（示例）", "promise cut again (example)"),
            ..files.history[last].clone()
        };
        files.history.insert(last + 1, next);
    }
    take(store, system, files).await?;
    let items = repository::all(store.db()).await?;
    if let Some(item) = items.iter().find(|item| item.code == CHANGED) {
        propose_from(store, system, item, from).await?;
    }
    // And another one is being worked on.
    if let Some(item) = items.iter().find(|item| item.code == DRAFTED) {
        let input = Draft {
            id: item.id,
            expected_version: item.version,
        };
        draft(store, system, input).await?;
    }
    Ok(())
}

async fn take(store: &Store, system: &Viewer, files: Files) -> Result<(), DemoError> {
    let input = Import {
        files,
        example: true,
        dry_run: false,
    };
    item::commands::import(store, system, input).await?;
    Ok(())
}

async fn propose_from(
    store: &Store,
    system: &Viewer,
    item: &item::Model,
    valid_from: NaiveDate,
) -> Result<item::Model, DemoError> {
    let input = Propose {
        id: item.id,
        expected_version: item.version,
        valid_from,
    };
    Ok(propose(store, system, input).await?)
}
