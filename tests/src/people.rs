//! The people of a story: one account per role, two enterprises with a liaison each, two departments.

use chrono::TimeDelta;
use entity::{
    account, department, enterprise,
    id::{new_id, new_secret, secret_hash},
    language::Language,
    liaison, session,
    store::Store,
    term::Term,
    viewer::{Role, Viewer},
};
use sea_orm::{
    ActiveModelTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryOrder, prelude::Uuid,
};
use std::collections::BTreeMap;

use crate::clock;

/// Who acts in a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// Nobody has signed in.
    Nobody,
    /// The administrator.
    Admin,
    /// A leader of the park.
    Leader,
    /// The enterprise service centre.
    Centre,
    /// The liaison of the first enterprise, in the first department.
    Liaison,
    /// The liaison of the second enterprise, in the second department.
    OtherLiaison,
    /// The head of the first department.
    Head,
    /// The head of the second department.
    OtherHead,
    /// A window officer of the first department.
    Window,
    /// The contact of the first enterprise.
    Enterprise,
    /// The contact of the second enterprise.
    OtherEnterprise,
    /// The supervisor.
    Supervisor,
    /// A special inspector.
    Inspector,
}

impl Who {
    /// Everybody with an account.
    pub const ALL: [Self; 12] = [
        Self::Admin,
        Self::Leader,
        Self::Centre,
        Self::Liaison,
        Self::OtherLiaison,
        Self::Head,
        Self::OtherHead,
        Self::Window,
        Self::Enterprise,
        Self::OtherEnterprise,
        Self::Supervisor,
        Self::Inspector,
    ];

    fn role(self) -> Option<Role> {
        Some(match self {
            Self::Nobody => return None,
            Self::Admin => Role::Admin,
            Self::Leader => Role::Leader,
            Self::Centre => Role::Centre,
            Self::Liaison | Self::OtherLiaison => Role::Liaison,
            Self::Head | Self::OtherHead => Role::DepartmentHead,
            Self::Window => Role::WindowOfficer,
            Self::Enterprise | Self::OtherEnterprise => Role::Enterprise,
            Self::Supervisor => Role::Supervisor,
            Self::Inspector => Role::Inspector,
        })
    }

    /// 1 for those of the first enterprise or department, 2 for those of the second.
    fn side(self) -> usize {
        match self {
            Self::OtherLiaison | Self::OtherHead | Self::OtherEnterprise => 2,
            _ => 1,
        }
    }
}

/// All of them, as they were written.
#[derive(Clone, Debug)]
pub struct People {
    /// The first and the second enterprise, `示例` in their names.
    pub enterprises: [enterprise::Model; 2],
    /// The first and the second department.
    pub departments: [department::Model; 2],
    accounts: BTreeMap<Who, account::Model>,
    secrets: BTreeMap<Who, String>,
}

impl People {
    /// The account of somebody.
    ///
    /// # Panics
    /// `Nobody` has none.
    pub fn account(&self, who: Who) -> &account::Model {
        &self.accounts[&who]
    }

    /// Somebody as the domain knows them.
    pub fn viewer(&self, who: Who) -> Viewer {
        match self.accounts.get(&who) {
            Some(account) => Viewer::Person(account.person()),
            None => Viewer::Anonymous {
                language: Language::English,
            },
        }
    }

    /// The bearer token of somebody, valid for ten years.
    pub fn secret(&self, who: Who) -> Option<&str> {
        self.secrets.get(&who).map(String::as_str)
    }

    /// Writes all of them into the database.
    pub async fn settle(store: &Store) -> Self {
        let (db, now) = (store.db(), store.now());
        let mut departments = department::Entity::find()
            .order_by_asc(department::Column::Number)
            .all(db)
            .await
            .expect("the departments");
        for number in 1..=2 {
            if departments.len() < number {
                let model = department::Model {
                    id: new_id(now),
                    number: i32::try_from(number).expect("small"),
                    name_zh: format!("示例部门{number}"),
                    name_en: format!("Example department {number}"),
                    counterpart_zh: "示例局".to_owned(),
                    windows: 1,
                    ended_on: None,
                    version: 1,
                };
                insert::<department::Entity, _>(store, model.clone()).await;
                departments.push(model);
            }
        }
        let departments = [departments[0].clone(), departments[1].clone()];
        let enterprises =
            [("91420100MA4EXAM123", 1), ("91420100MA4EXAM20X", 2)].map(|(code, number)| {
                enterprise::Model {
                    id: new_id(now),
                    credit_code: code.to_owned(),
                    name_zh: format!("示例科技{number}有限公司"),
                    name_en: Some(format!("Example Technology {number} Ltd")),
                    industry: "示例".to_owned(),
                    remark: None,
                    created_at: now,
                    ended_on: None,
                    version: 1,
                }
            });
        for model in &enterprises {
            insert::<enterprise::Entity, _>(store, model.clone()).await;
        }
        // The people of the demonstration have the plain names.
        let domain = match account::Entity::find().count(db).await.expect("a count") {
            0 => "park.example",
            _ => "beside.example",
        };
        let (mut accounts, mut secrets) = (BTreeMap::new(), BTreeMap::new());
        for who in Who::ALL {
            let role = who.role().expect("a role");
            let of_department = [Role::Liaison, Role::DepartmentHead, Role::WindowOfficer];
            let login = format!("{who:?}@{domain}").to_lowercase();
            let model = account::Model {
                id: new_id(now),
                login,
                name: format!("{} {:02}", role.word(Language::Chinese), who.side()),
                role,
                department_id: of_department
                    .contains(&role)
                    .then(|| departments[who.side() - 1].id),
                enterprise_id: (role == Role::Enterprise).then(|| enterprises[who.side() - 1].id),
                language: Language::English,
                telephone: None,
                password_hash: None,
                demonstration: false,
                created_at: now,
                disabled_at: None,
                version: 1,
            };
            insert::<account::Entity, _>(store, model.clone()).await;
            let secret = new_secret();
            let token = session::Model {
                id: new_id(now),
                account_id: model.id,
                kind: session::Kind::Token,
                name: "story".to_owned(),
                secret_hash: secret_hash(&secret),
                created_at: now,
                last_seen_at: now,
                expires_at: now + TimeDelta::days(3650),
                revoked_at: None,
                browser_hash: None,
            };
            insert::<session::Entity, _>(store, token).await;
            accounts.insert(who, model);
            secrets.insert(who, secret);
        }
        for who in [Who::Liaison, Who::OtherLiaison] {
            let model = liaison::Model {
                id: new_id(now),
                enterprise_id: enterprises[who.side() - 1].id,
                account_id: accounts[&who].id,
                deputy_id: None,
                state: liaison::State::Active,
                started_on: Some(clock::day("2026-01-05")),
                ended_on: None,
                handover_note: None,
                version: 1,
            };
            insert::<liaison::Entity, _>(store, model).await;
        }
        Self {
            enterprises,
            departments,
            accounts,
            secrets,
        }
    }

    /// The id of the first enterprise.
    pub fn enterprise_id(&self) -> Uuid {
        self.enterprises[0].id
    }
}

async fn insert<E, M>(store: &Store, model: M)
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    E::insert(model.into_active_model().reset_all())
        .exec_without_returning(store.db())
        .await
        .expect("a row");
}
