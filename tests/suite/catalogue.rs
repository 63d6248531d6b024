//! The files of the catalogue on the command line.

use std::{fs, path::Path, process::Output};

use entity::catalogue::Files;
use tempfile::TempDir;
use tests::program::{qiyue, told};

/// The shipped files in a folder.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, text) in Files::embedded().write() {
        fs::write(folder.path().join(file), text).expect("written");
    }
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    std::process::Command::new(qiyue())
        .args(["catalogue", "check"])
        .arg(folder)
        .args(arguments)
        .env_clear()
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_catalogue_without_faults_is_counted() {
    let folder = folder();
    let output = check(folder.path(), &["--founding"]);
    assert!(output.status.success(), "{}", told(&output));
    let said = said(&output);
    for line in [
        "item-materials.csv         205",
        "Active items: 32",
        "Items: 42 -> 32 (-23.8 %)",
        "Promised working days: 406 -> 179 (-55.9 %)",
        "Working days of the critical path: 118 -> 47 (-60.2 %)",
        "Materials: 201 -> 116 (-42.3 %)",
        "没有错误 / No faults",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
}

#[test]
fn every_fault_is_told_with_its_place() {
    let folder = folder();
    let change = |file: &str, from: &str, to: &str| {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(text.contains(from), "{file}: {from}");
        fs::write(path, text.replacen(from, to, 1)).expect("written");
    };
    change("item-order.csv", "R03,R05,MATERIAL", "R03,R05,PERHAPS");
    change("windows.csv", "窗口01 首席代表", "窗口01 张三");
    change(
        "item-conditions.csv",
        "R01,new_enterprise = YES",
        "R01,new_enterprise = MAYBE",
    );
    fs::remove_file(folder.path().join("pause-kinds.csv")).expect("removed");
    let output = check(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    let said = said(&output);
    for line in [
        "item-order.csv:2 kind \"PERHAPS\": 应当是MATERIAL、LAW、START / Expected is MATERIAL, LAW, START\n",
        "windows.csv:2 a_post_zh \"窗口01 张三\": ",
        "item-conditions.csv:2 condition \"new_enterprise = MAYBE\": ",
        "pause-kinds.csv \"\": 缺少这个文件 / The file is missing\n",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(!said.contains("No faults"), "{said}");
}

#[test]
fn what_the_founding_text_promises_is_asked_for_by_name() {
    let folder = folder();
    // A reason of its own: a catalogue like any other, but not the first one any more.
    let path = folder.path().join("correction-reasons.csv");
    let text = fs::read_to_string(&path).expect("a file");
    fs::write(path, text.replacen("DOCUMENT,", "PAPERS,", 1)).expect("written");
    assert!(check(folder.path(), &[]).status.success());
    let output = check(folder.path(), &["--founding"]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(
        said(&output).contains("correction-reasons.csv \"\": "),
        "{}",
        told(&output)
    );
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let folder = folder();
    let output = check(&folder.path().join("no-such-folder"), &[]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(said(&output).is_empty(), "{}", told(&output));
}
