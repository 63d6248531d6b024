//! Decision (复核): what one person has proposed, asked for or entered, another person decides. Who had a part in a matter decides
//! nothing in it. The program itself has a part in nothing.

use sea_orm::prelude::Uuid;

use crate::viewer::Viewer;

/// Whoever is to decide had a part in the matter: another person must do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SamePerson;

/// Lets decide whoever is none of `parties`.
pub fn by_another(viewer: &Viewer, parties: &[Option<Uuid>]) -> Result<(), SamePerson> {
    match viewer.account_id() {
        Some(person) if parties.contains(&Some(person)) => Err(SamePerson),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        language::Language,
        viewer::{Person, Role},
    };

    #[test]
    fn whoever_had_a_part_does_not_decide() {
        let id = Uuid::from_u128;
        let person = |account| {
            Viewer::Person(Person {
                account_id: id(account),
                name: "人员 01".to_owned(),
                role: Role::Centre,
                department_id: None,
                enterprise_id: None,
                language: Language::Chinese,
            })
        };
        let parties = [Some(id(1)), None, Some(id(2))];
        assert_eq!(by_another(&person(1), &parties), Err(SamePerson));
        assert_eq!(by_another(&person(2), &parties), Err(SamePerson));
        assert_eq!(by_another(&person(3), &parties), Ok(()));
        assert_eq!(by_another(&person(3), &[]), Ok(()));
        assert_eq!(by_another(&Viewer::system("job"), &parties), Ok(()));
        assert_eq!(by_another(&Viewer::system("job"), &[None]), Ok(()));
    }
}
