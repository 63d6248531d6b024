//! What hardly ever changes is kept in memory and read only once: the working-day calendar. It is known by the keys of the rows it was
//! made from, which never change, so nothing has to be told to forget it.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use sea_orm::{ConnectionTrait, prelude::Uuid};

/// What one process keeps of one database: of each type the value that was made last.
#[derive(Clone, Debug, Default)]
pub struct Kept(Arc<Mutex<HashMap<TypeId, Made>>>);

#[derive(Debug)]
struct Made {
    from: Vec<Uuid>,
    value: Arc<dyn Any + Send + Sync>,
}

impl Kept {
    /// The value that was made from exactly these rows.
    pub fn made_from<T: Any + Send + Sync>(&self, rows: &[Uuid]) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let made = kept
            .get(&TypeId::of::<T>())
            .filter(|made| made.from == rows)?;
        made.value.clone().downcast().ok()
    }

    /// Keeps a value in the place of the one before.
    pub fn keep<T: Any + Send + Sync>(&self, from: Vec<Uuid>, value: T) {
        let value = Arc::new(value);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(TypeId::of::<T>(), Made { from, value });
    }
}

/// Who reads from a database of which something is kept: the store, or a unit of work.
pub trait Reader: Sync {
    /// The connection.
    type Db: ConnectionTrait;

    /// Where it reads.
    fn db(&self) -> &Self::Db;

    /// What is kept.
    fn kept(&self) -> &Kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_from_other_rows_is_not_found() {
        let [one, other] = [1, 2].map(Uuid::from_u128);
        let kept = Kept::default();
        assert_eq!(kept.made_from::<u32>(&[one]), None);
        kept.keep(vec![one], 7_u32);
        kept.keep(vec![one], "seven");
        let same = kept.clone();
        assert_eq!(same.made_from::<u32>(&[one]).as_deref(), Some(&7));
        assert_eq!(kept.made_from::<u32>(&[one, other]), None);
        assert_eq!(kept.made_from::<u32>(&[]), None);
        kept.keep(vec![one, other], 8_u32);
        assert_eq!(kept.made_from::<u32>(&[one]), None);
        assert_eq!(kept.made_from::<u32>(&[one, other]).as_deref(), Some(&8));
    }
}
