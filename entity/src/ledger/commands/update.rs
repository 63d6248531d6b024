//! Taking over what a ledger says differently from before, by the ordinary command of each matter.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{
    super::{
        Column, Difference, Entity, Kept, Model, Row, Updated, repository,
        rules::{self, Matter},
    },
    UPDATE, contact_name, content, content_of, summary_of,
};
use crate::{
    account,
    audit::{self, commands::Change},
    contract, enterprise,
    error::{CommandError, Conflict, Explain, Fault},
    language::{Language, Text},
    liaison, milestone,
    permission::{Action, Standing, require},
    project,
    store::Store,
    table::Visible,
    telephone::Telephone,
    viewer::{Role, Viewer},
    visit,
};

/// Takes over what the rows known already say differently now: each value by the ordinary command of its matter, with that
/// command's rules, audit entry and letters. What no command may change stays, and is told with the reason. Stopped anywhere,
/// a second run does the rest.
pub async fn update(store: &Store, viewer: &Viewer, rows: Vec<Row>) -> Result<Updated, Fault> {
    require(viewer, Action::ImportLedger, Standing::None)?;
    let (rows, _told_by_the_import) = rules::sift(rows, store.policy().admitted);
    let mut updated = Updated::default();
    for part in rows.chunks(500) {
        let known = repository::known(store.db(), part).await?;
        for row in part {
            if let Some(before) = known.row(row)
                && before.row_hash != row.hash()
            {
                update_row(store, viewer, before, row, &mut updated).await?;
            }
        }
    }
    Ok(updated)
}

async fn update_row(
    store: &Store,
    viewer: &Viewer,
    before: &Model,
    row: &Row,
    updated: &mut Updated,
) -> Result<(), Fault> {
    let then = content(before)?;
    let contract = contract::Entity::found(store.db(), viewer, before.contract_id).await?;
    let step = Step {
        store,
        viewer,
        contract: &contract,
        then: &then,
        row,
    };
    let mut taken = then.clone();
    let mut changes: HashMap<usize, Vec<Difference>> = HashMap::new();
    for difference in rules::differences(&then, row) {
        match rules::matter(difference.field, &then) {
            Ok(matter) => changes.entry(matter as usize).or_default().push(difference),
            Err(kept) => updated.kept.push((difference, kept)),
        }
    }
    for matter in Matter::ALL {
        let Some(changed) = changes.remove(&(matter as usize)) else {
            continue;
        };
        match step.apply(matter).await {
            Ok(()) => {
                for difference in &changed {
                    taken.adopt(difference.field, row);
                }
                updated.applied.extend(changed);
            }
            Err(CommandError::Refused(refusals)) => {
                for difference in changed {
                    let kept = refusals.iter().map(|refusal| refusal.code.clone());
                    updated
                        .kept
                        .extend(kept.map(|kept| (difference.clone(), kept)));
                }
            }
            Err(CommandError::Fault(fault)) => return Err(fault),
        }
    }
    if taken == then {
        return Ok(());
    }
    let unit = store.begin(viewer).await?;
    let saved = Entity::update_many()
        .col_expr(Column::Content, Expr::value(content_of(&taken)?))
        .col_expr(Column::RowHash, Expr::value(taken.hash()))
        .filter(Column::ContractNumber.eq(&before.contract_number))
        .filter(Column::RowHash.eq(&before.row_hash))
        .exec(unit.db())
        .await?;
    if saved.rows_affected == 0 {
        return Err(Fault::Conflict(Conflict::default()));
    }
    let change = Change {
        command: &UPDATE,
        subject_id: contract.id,
        before: Some(summary_of(&then)),
        after: Some(summary_of(&taken)),
        reason: None,
    };
    audit::commands::record(&unit, change).await?;
    unit.commit().await
}

/// One row whose changes are taken over, matter by matter.
struct Step<'a> {
    store: &'a Store,
    viewer: &'a Viewer,
    contract: &'a contract::Model,
    then: &'a Row,
    row: &'a Row,
}

type Taken = Result<(), CommandError<Kept>>;

impl Step<'_> {
    async fn apply(&self, matter: Matter) -> Taken {
        match matter {
            Matter::Enterprise => self.enterprise().await,
            Matter::Liaison => self.liaison().await,
            Matter::Contact => self.contact().await,
            Matter::Project => self.project().await,
        }
    }

    /// What the ledger says in a column if it has changed there, else what the system says.
    fn changed<T: PartialEq + Clone>(&self, value: fn(&Row) -> &T, present: T) -> T {
        let now = value(self.row);
        if value(self.then) == now {
            present
        } else {
            now.clone()
        }
    }

    async fn enterprise(&self) -> Taken {
        let present =
            enterprise::Entity::found(self.store.db(), self.viewer, self.contract.enterprise_id)
                .await?;
        let change = enterprise::commands::ChangeEnterprise {
            id: present.id,
            expected_version: present.version,
            name_zh: self.changed(|row| &row.enterprise_name, present.name_zh),
            name_en: present.name_en,
            industry: self.changed(|row| &row.industry, present.industry),
            remark: self.changed(|row| &row.remark, present.remark),
        };
        let changed = enterprise::commands::change(self.store, self.viewer, change).await;
        changed.map(|_| ()).map_err(kept)
    }

    async fn liaison(&self) -> Taken {
        let refused = |kept| Err(CommandError::refused(&[], kept));
        let db = self.store.db();
        let in_charge =
            liaison::repository::in_charge_of(db, &[self.contract.enterprise_id]).await?;
        let Some(in_charge) = in_charge.into_iter().next() else {
            return refused(Kept::NobodyInCharge);
        };
        let successor = match account::repository::by_login(db, &self.row.liaison_login).await? {
            Some(account) if account.role != Role::Liaison || !account.is_enabled() => {
                return refused(Kept::AccountOfAnother);
            }
            Some(account) if account.name != self.row.liaison_name => {
                let account = self.ring(account, &self.row.liaison_telephone).await?;
                let change = account::commands::ChangeAccount {
                    id: account.id,
                    expected_version: account.version,
                    name: self.row.liaison_name.clone(),
                    telephone: stated(&account.telephone),
                    role: account.role,
                    department_id: account.department_id,
                    enterprise_id: account.enterprise_id,
                    language: account.language,
                };
                account::commands::change(self.store, self.viewer, change)
                    .await
                    .map_err(kept)?
            }
            Some(account) => self.ring(account, &self.row.liaison_telephone).await?,
            None => {
                let (login, name) = (&self.row.liaison_login, self.row.liaison_name.clone());
                let telephone = stated(&self.row.liaison_telephone);
                self.invite(login, name, Role::Liaison, None, telephone)
                    .await?
            }
        };
        if successor.id == in_charge.account_id {
            return Ok(());
        }
        let hand_over = liaison::commands::HandOver {
            id: in_charge.id,
            expected_version: in_charge.version,
            successor_id: successor.id,
            deputy_id: in_charge.deputy_id.filter(|deputy| *deputy != successor.id),
            note: format!(
                "台账更新：服务专员由{}变更为{}。",
                self.then.liaison_name, self.row.liaison_name
            ),
        };
        let handed = visit::commands::hand_over(self.store, self.viewer, hand_over).await;
        handed.map(|_| ()).map_err(kept)
    }

    /// The new contact is invited, and the account of the former one is disabled.
    async fn contact(&self) -> Taken {
        let db = self.store.db();
        let own = |account: &account::Model| {
            account.enterprise_id == Some(self.contract.enterprise_id) && account.is_enabled()
        };
        match account::repository::by_login(db, &self.row.contact_login).await? {
            Some(account) if own(&account) => {
                self.ring(account, &self.row.contact_telephone).await?;
            }
            Some(_) => return Err(CommandError::refused(&[], Kept::AccountOfAnother)),
            None => {
                let name = contact_name(&self.row.enterprise_name);
                let enterprise_id = Some(self.contract.enterprise_id);
                self.invite(
                    &self.row.contact_login,
                    name,
                    Role::Enterprise,
                    enterprise_id,
                    stated(&self.row.contact_telephone),
                )
                .await?;
            }
        }
        let former = account::repository::by_login(db, &self.then.contact_login).await?;
        let is_another = self.then.contact_login != self.row.contact_login;
        if let Some(former) = former.filter(|former| is_another && own(former)) {
            let disable = account::commands::SetEnabled {
                id: former.id,
                expected_version: former.version,
                enabled: false,
            };
            account::commands::set_enabled(self.store, self.viewer, disable)
                .await
                .map_err(kept)?;
        }
        Ok(())
    }

    async fn project(&self) -> Taken {
        let create = project::commands::Create {
            contract_id: self.contract.id,
            name: self.row.project_name.clone().unwrap_or_default(),
        };
        let created = milestone::commands::create_project(self.store, self.viewer, create).await;
        created.map(|_| ()).map_err(kept)
    }

    /// The account with the number that the ledger says. A ledger without one says nothing.
    async fn ring(
        &self,
        account: account::Model,
        said: &Option<Telephone>,
    ) -> Result<account::Model, CommandError<Kept>> {
        if said.is_none() || *said == account.telephone {
            return Ok(account);
        }
        let change = account::commands::ChangeTelephone {
            id: account.id,
            expected_version: account.version,
            telephone: stated(said),
        };
        account::commands::change_telephone(self.store, self.viewer, change)
            .await
            .map_err(kept)
    }

    async fn invite(
        &self,
        login: &str,
        name: String,
        role: Role,
        enterprise_id: Option<Uuid>,
        telephone: Option<String>,
    ) -> Result<account::Model, CommandError<Kept>> {
        let create = account::commands::Create {
            login: login.to_owned(),
            name,
            telephone,
            role,
            department_id: None,
            enterprise_id,
            language: Language::Chinese,
            password: None,
            demonstration: false,
        };
        account::commands::create(self.store, self.viewer, create)
            .await
            .map_err(kept)
    }
}

/// A number as commands take it.
fn stated(telephone: &Option<Telephone>) -> Option<String> {
    telephone.as_ref().map(Telephone::to_string)
}

/// The refusal of an ordinary command, in its own words. What somebody else has to do keeps no other row back.
fn kept<E: Explain>(error: CommandError<E>) -> CommandError<Kept> {
    match error {
        CommandError::Fault(Fault::Forbidden) => {
            let said = |language| Fault::Forbidden.explain(language);
            let text = Text::new(said(Language::Chinese), said(Language::English));
            CommandError::refused(&[], Kept::Refused(text))
        }
        error => error.refused_as(|code| Kept::Refused(code.explain())),
    }
}
