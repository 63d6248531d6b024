//! What the tables themselves refuse and guarantee, whoever writes to them.

use tests::{dump::table_names, stories};

stories! {
    async fn a_fresh_park_has_all_tables(park: Park) {
        let tables = table_names(park.db()).await;
        assert!(tables.len() >= 30, "{tables:?}");
        assert_eq!(park.store.today(), tests::clock::first_day());
    }
}
