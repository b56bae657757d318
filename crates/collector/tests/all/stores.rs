//! Every store keeps the same contract: each case runs by name on each of them.

use collector::store::SqliteStore;

use crate::store;
use crate::store::memory::MemoryStore;

macro_rules! contract {
    ($($case:ident,)*) => {
        mod memory {
            use super::*;
            $(#[tokio::test]
            async fn $case() {
                store::contract::$case(&MemoryStore::default()).await;
            })*
        }

        mod sqlite {
            use super::*;
            $(#[tokio::test]
            async fn $case() {
                let folder = tempfile::tempdir().unwrap();
                let store = SqliteStore::open(&folder.path().join("candor.db")).await.unwrap();
                store::contract::$case(&store).await;
            })*
        }
    };
}

contract! {
    a_new_answer_is_stored_and_counted,
    the_same_revision_again_changes_nothing,
    the_same_revision_with_other_contents_is_a_conflict,
    a_higher_revision_replaces_the_answer,
    a_late_revision_is_noted_and_does_not_replace,
    equal_arrivals_of_one_batch_count_once,
    the_same_id_in_two_surveys_is_two_answers,
    a_page_sent_again_is_the_same_answer,
    a_page_sent_with_other_contents_is_the_next_revision,
    an_answer_that_was_edited_too_often_is_left_as_it_is,
    only_what_is_stored_is_a_change,
    answers_on_another_scale_are_left_out,
    a_time_range_holds_its_begin_and_not_its_end,
    periods_are_labelled_by_day_by_iso_week_and_by_month,
    segments_are_the_largest_and_the_rest_together,
    segments_too_small_to_show_are_counted_together,
    answers_without_the_context_are_a_segment_of_their_own,
    reasons_are_counted_by_rating,
    comments_are_the_newest_and_only_those_with_text,
    any_text_is_kept_as_it_is,
}

#[tokio::test]
async fn sql_counts_what_memory_counts() {
    for seed in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = SqliteStore::open(&folder.path().join("candor.db")).await.unwrap();
        store::contract::agree(&MemoryStore::default(), &sqlite, seed).await;
    }
}

#[tokio::test]
async fn a_database_opened_again_has_everything() {
    use collector::store::Store;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("candor.db");
    let store = SqliteStore::open(&path).await.unwrap();
    store::contract::a_higher_revision_replaces_the_answer(&store).await;
    let before = store.counts(&store::contract::everything()).await.unwrap();
    store.close().await;
    let again = SqliteStore::open(&path).await.unwrap();
    assert_eq!(again.counts(&store::contract::everything()).await.unwrap(), before);
    assert!(again.change(&before_survey()).await.unwrap() > 0);
}

fn before_survey() -> survey::SurveyId {
    survey::SurveyId::new("shop-nps").unwrap()
}
