//! A real browser (Debian's Chromium) before the demonstration, and what it looks for on every page.
//!
//! A story gets a [`Visit`]: the demonstration of its own, served on a port of its own, and a window before it.
//!
//! ```ignore
//! #[test]
//! fn a_liaison_fulfils_a_promise() {
//!     browser::run(async |visit| {
//!         visit.enter("liaison01@park.example").await;
//!         visit.see("obligations", "/obligations").await;
//!         // … what a person does …
//!     });
//! }
//! ```
//!
//! With `QIYUE_PICTURES=1` pictures lie in `target/screenshots`, named `NAME.LANGUAGE.SCHEME.WIDTH.png`: look at them.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    num::NonZero,
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, LazyLock},
    thread::available_parallelism,
    time::Duration,
};

use api::{app, config::Config, demo};
use entity::{
    account::commands::{Create, create},
    clock::OffsetClock,
    language::Language,
    store::Store,
    term::Term,
    viewer::{Role, Viewer},
};
use futures::FutureExt;
use serde_json::{Value, json};
use thirtyfour::{
    By, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver, WebElement,
    extensions::query::ElementQueryable,
};
use tokio::{net::TcpListener, runtime::Builder, sync::Semaphore};

use crate::{
    Backend, clock,
    database::{Database, demonstration},
    story,
};

/// How to get what a story needs.
const REMEDY: &str = "apt-get install chromium chromium-driver fonts-noto-cjk poppler-utils nodejs npm, then: npm ci --prefix tests/audit";

/// How long a page may take to show what it should.
const PATIENCE: Duration = Duration::from_secs(15);

/// Chinese inside an English page that no `lang` tells from it: the texts.
const UNMARKED: &str = r"const han = /\p{Script=Han}/u, found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (han.test(data) && !parentElement.closest('textarea') && !parentElement.closest('[lang]').lang.startsWith('zh')) found.push(data.trim());
    }
    return found;";

/// The narrowest and the widest screens, and one between: pixels.
const WIDTHS: [u32; 3] = [320, 768, 1280];

/// The variable that asks for pictures: what nobody looks at need not be painted.
const PICTURES: &str = "QIYUE_PICTURES";

/// What axe looks at.
#[derive(Clone, Copy)]
enum Looked {
    /// Everything.
    AtAll,
    /// The contrast of colours: all that another scheme of colours changes.
    AtColours,
}

impl Looked {
    /// The rules, as axe takes them.
    fn rules(self) -> Value {
        match self {
            Self::AtAll => json!({}),
            Self::AtColours => json!({"runOnly": ["color-contrast", "link-in-text-block"]}),
        }
    }
}

/// How many browsers work at once, however many stories do: each keeps a processor busy.
static PLACES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, NonZero::get)));

/// Runs a story before the demonstration on the morning of 30 September 2026. Without a browser it is counted as not run, which
/// fails when `CI` is set.
pub fn run(story: impl AsyncFnOnce(&Visit)) {
    before(true, Visit::of_demonstration, story);
}

/// The same before an installation in which nothing is but an administrator, `admin@park.example`, and a mail server that is never
/// asked.
pub fn on_empty(story: impl AsyncFnOnce(&Visit)) {
    before(true, Visit::of_nothing, story);
}

/// The same before a browser that runs no script of any page.
pub fn without_scripts(story: impl AsyncFnOnce(&Visit)) {
    before(false, Visit::of_demonstration, story);
}

fn before(scripts: bool, open: impl AsyncFnOnce(bool) -> Visit, story: impl AsyncFnOnce(&Visit)) {
    let name = std::thread::current()
        .name()
        .unwrap_or("a story")
        .to_owned();
    if ![
        "/usr/bin/chromium",
        "/usr/bin/chromedriver",
        "/usr/bin/pdftotext",
    ]
    .iter()
    .all(|file| Path::new(file).exists())
        || !axe().exists()
    {
        return story::not_run(&name, REMEDY);
    }
    Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(8 << 20)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(async {
            let _place = PLACES.acquire().await.expect("a place");
            let visit = open(scripts).await;
            let told = AssertUnwindSafe(story(&visit)).catch_unwind().await;
            if told.is_err() {
                visit
                    .picture(&format!("failed-{}", name.replace("::", "-")), 1280)
                    .await;
            }
            visit.driver.clone().quit().await.expect("the browser ends");
            drop(visit);
            if let Err(panic) = told {
                std::panic::resume_unwind(panic);
            }
        });
}

/// The settings of a service at a free port, and what listens there.
async fn listening(config: Config) -> (TcpListener, Config) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let listen = listener.local_addr().expect("an address");
    let public_url = format!("http://{listen}").parse().expect("an address");
    let config = Config {
        listen,
        public_url,
        ..config
    };
    (listener, config)
}

/// A window before a service of its own.
#[derive(Debug)]
pub struct Visit {
    /// The window.
    pub driver: WebDriver,
    /// The store behind the pages.
    pub store: Store,
    config: Config,
    address: SocketAddr,
    chromedriver: Chromedriver,
    mailbox: PathBuf,
    _database: Database,
}

impl Visit {
    async fn of_demonstration(scripts: bool) -> Self {
        let database = Database::demonstration(Backend::Sqlite).await;
        let folder = database.folder();
        let (listener, config) = listening(demonstration(folder, database.address())).await;
        let opened = demo::open(&config, clock::morning()).await;
        let store = opened.expect("the demonstration opens").store.clone();
        Self::open(scripts, database, listener, config, store).await
    }

    async fn of_nothing(scripts: bool) -> Self {
        let database = Database::fresh(Backend::Sqlite).await;
        let (listener, config) = listening(Config {
            database_url: database.address().to_owned(),
            mailbox_dir: database.folder().join("mailbox"),
            seal_file: Some(database.seal_file()),
            smtp_url: Some("smtp://127.0.0.1:9".parse().expect("an address")),
            rate_limits: false,
            ..Config::default()
        })
        .await;
        let clock = OffsetClock::starting_at(clock::morning());
        let opened = app::open(&config, Arc::new(clock)).await;
        let store = opened.expect("the database opens").store.clone();
        let visit = Self::open(scripts, database, listener, config, store).await;
        visit.join("admin@park.example", Role::Admin).await;
        visit
    }

    async fn open(
        scripts: bool,
        database: Database,
        listener: TcpListener,
        config: Config,
        store: Store,
    ) -> Self {
        let state = app::state(store.clone(), &config);
        tokio::spawn(app::open_doors(listener, state, std::future::pending()));
        let chromedriver = Chromedriver::start();
        let profile = database.folder().join("profile");
        let driver = chromedriver.window(&profile, scripts).await;
        Self {
            driver,
            store,
            address: config.listen,
            chromedriver,
            mailbox: config.mailbox_dir.clone(),
            config,
            _database: database,
        }
    }

    /// An account of somebody who has chosen the password of the demonstration.
    pub async fn join(&self, login: &str, role: Role) {
        let input = Create {
            login: login.to_owned(),
            name: role.word(Language::Chinese).to_owned(),
            telephone: None,
            role,
            department_id: None,
            enterprise_id: None,
            language: Language::Chinese,
            password: Some(demo::PASSWORD.to_owned()),
            demonstration: false,
        };
        create(&self.store, &Viewer::system("story"), input)
            .await
            .expect("an account");
    }

    /// What a file of the service holds.
    pub async fn download(&self, path: &str) -> Vec<u8> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
            fetch('{path}').then(answer => answer.arrayBuffer()).then(
              bytes => done(btoa(Array.from(new Uint8Array(bytes), byte => String.fromCharCode(byte)).join(''))))"
        );
        let told = self.driver.execute_async(script, Vec::new()).await;
        let told = told.expect("a file");
        decode(told.json().as_str().expect("its bytes"))
    }

    /// Lets the letters that wait go into the local mailbox.
    pub async fn deliver(&self) {
        let runner = api::app::runner(&self.config, &self.store).expect("a runner");
        runner.deliver_now(None).await.expect("a delivery");
    }

    /// Where the letters lie.
    pub fn mailbox(&self) -> &Path {
        &self.mailbox
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Opens a page.
    pub async fn open_page(&self, path: &str) {
        self.driver
            .goto(self.url(path))
            .await
            .expect("the page opens");
    }

    /// Signs somebody in through the page, whoever was signed in before.
    pub async fn enter(&self, login: &str) {
        self.driver.delete_all_cookies().await.expect("no cookies");
        self.open_page("/sign-in").await;
        self.type_into("login", login).await;
        self.type_into("password", demo::PASSWORD).await;
        self.press("button.main").await;
        self.find(".person").await;
    }

    /// Waits for an element.
    pub async fn find(&self, css: &str) -> WebElement {
        self.driver
            .query(By::Css(css))
            .wait(PATIENCE, Duration::from_millis(50))
            .first()
            .await
            .unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    /// Waits until the page says `text`.
    pub async fn says(&self, text: &str) {
        let found = self
            .driver
            .query(By::XPath(format!("//main//*[contains(., '{text}')]")))
            .wait(PATIENCE, Duration::from_millis(50))
            .first()
            .await;
        if found.is_err() {
            let said = self.find("main").await.text().await.unwrap_or_default();
            panic!("the page does not say: {text}\n{said}");
        }
    }

    /// How many elements there are now.
    pub async fn count(&self, css: &str) -> usize {
        self.driver
            .find_all(By::Css(css))
            .await
            .expect("a list")
            .len()
    }

    /// Types into the field `name`, in place of what stands there.
    pub async fn type_into(&self, name: &str, text: &str) {
        let field = self.find(&format!("main [name='{name}']")).await;
        let kind = field.attr("type").await.expect("a field");
        if kind.as_deref() != Some("file") {
            field.clear().await.expect("cleared");
        }
        field.send_keys(text).await.expect("typed");
    }

    /// Presses a button or a link in the page, and waits for what comes.
    pub async fn press(&self, css: &str) {
        let button = self.find(&format!("main {css}")).await;
        button.scroll_into_view().await.expect("in view");
        button.click().await.expect("pressed");
    }

    /// The path that the window shows.
    pub async fn path(&self) -> String {
        let url = self.driver.current_url().await.expect("an address");
        match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        }
    }

    /// The path of the page, without what its address says beyond.
    pub async fn page(&self) -> String {
        let path = self.path().await;
        path.split('?').next().unwrap_or_default().to_owned()
    }

    /// What a script says of the page.
    pub async fn ask(&self, script: &str) -> Value {
        let told = self.driver.execute(script, Vec::new()).await;
        told.expect("a script").json().clone()
    }

    /// Sets a preference of the window: `language`, `scheme` or `size`, from the next page on.
    pub async fn prefer(&self, name: &str, value: &str) {
        let mut cookie = thirtyfour::Cookie::new(format!("qiyue-{name}"), value);
        cookie.set_path("/");
        self.driver.add_cookie(cookie).await.expect("a cookie");
    }

    /// Opens a page in both languages, takes its picture at three widths, and asserts what is asked of every page: nothing that axe finds, no
    /// wider than the screen, nothing from elsewhere, not too large, no word missing. In Chinese its dark colours are looked at, too.
    pub async fn see(&self, name: &str, path: &str) {
        self.prefer("scheme", "dark").await;
        self.prefer("language", "zh-CN").await;
        self.open_page(path).await;
        self.picture(&format!("{name}.zh-CN.dark"), 1280).await;
        let faults = self.barriers(Looked::AtColours).await;
        assert!(faults.is_empty(), "{name} (dark):\n{}", faults.join("\n"));
        self.prefer("scheme", "light").await;
        for language in ["en", "zh-CN"] {
            self.prefer("language", language).await;
            self.open_page(path).await;
            self.judge(&format!("{name}.{language}.light")).await;
        }
    }

    /// Opens a page in `language`, takes a picture of it, and tells its faults: it lacks a head or a way back, says something into the console
    /// of the browser, does not mark Chinese in an English page, or axe finds a barrier. In Chinese it is opened in dark colours, too: they
    /// do not depend on the language, and nothing but colours depends on them.
    pub async fn meet(&self, path: &str, language: &str) -> Vec<String> {
        let mut faults = Vec::new();
        self.prefer("language", language).await;
        self.prefer("scheme", "light").await;
        self.open_page(path).await;
        self.picture(&format!("{}.{language}", file_name(path)), 1280)
            .await;
        if self.count("h1").await != 1
            || self.ask("return document.documentElement.lang").await != language
        {
            faults.push("no head in this language".to_owned());
        }
        if language == "en" {
            let unmarked = self.ask(UNMARKED).await;
            for text in unmarked.as_array().expect("texts") {
                faults.push(format!("Chinese that is not marked as such: {text}"));
            }
        }
        if self.count("header .brand[href='/']").await != 1 {
            faults.push("no way back".to_owned());
        }
        for fault in self.barriers(Looked::AtAll).await {
            faults.push(format!("axe: {fault}"));
        }
        if language != "en" {
            self.prefer("scheme", "dark").await;
            self.open_page(path).await;
            for fault in self.barriers(Looked::AtColours).await {
                faults.push(format!("axe, dark: {fault}"));
            }
        }
        faults.extend(self.complaints().await);
        for fault in &mut faults {
            *fault = format!("{path} ({language}): {fault}");
        }
        faults
    }

    /// What the browser has written into its console since it was last asked.
    async fn complaints(&self) -> Vec<String> {
        let log = self.log("browser").await;
        let lines = log.as_array().cloned().unwrap_or_default();
        lines.iter().map(ToString::to_string).collect()
    }

    /// The same for the page that the window shows now, in the language and the colours it has.
    pub async fn judge(&self, name: &str) {
        let mut faults = Vec::new();
        for width in WIDTHS {
            self.resize(width).await;
            let wide = self
                .ask("return document.documentElement.scrollWidth")
                .await;
            if wide.as_u64().is_some_and(|wide| wide > u64::from(width)) {
                let which = self
                    .ask("return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.menu')).slice(0, 4).map(e => e.outerHTML.slice(0, 120))")
                    .await;
                faults.push(format!(
                    "{wide} pixels wide on a screen of {width}: {which}"
                ));
            }
            self.picture(name, width).await;
        }
        let language = self.ask("return document.documentElement.lang").await;
        let text = self.ask("return document.body.innerText").await;
        if text.as_str().is_none_or(|text| text.trim().is_empty()) {
            faults.push("nothing is said".to_owned());
        }
        if self
            .ask("return document.title")
            .await
            .as_str()
            .is_none_or(|title| title.starts_with(' '))
        {
            faults.push("no title".to_owned());
        }
        let elsewhere = self
            .ask("return performance.getEntriesByType('resource').map(r => r.name).filter(n => !n.startsWith(location.origin))")
            .await;
        if elsewhere.as_array().is_none_or(|list| !list.is_empty()) {
            faults.push(format!("from elsewhere: {elsewhere}"));
        }
        let size = self
            .ask("return performance.getEntriesByType('navigation')[0].decodedBodySize")
            .await;
        if size.as_u64().is_none_or(|size| size > 150 * 1024) {
            faults.push(format!("{size} bytes"));
        }
        for fault in self.barriers(Looked::AtAll).await {
            faults.push(format!("axe: {fault}"));
        }
        assert!(
            faults.is_empty(),
            "{name} ({language}):\n{}",
            faults.join("\n")
        );
    }

    /// What axe finds on the page.
    async fn barriers(&self, looked: Looked) -> Vec<String> {
        let source = std::fs::read_to_string(axe()).expect("axe");
        self.driver
            .execute(source, Vec::new())
            .await
            .expect("axe loads");
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations'], ...arguments[0]}).then(
              found => done(found.violations.map(v => v.id + ': ' + v.help + '\\n  ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + n.html.slice(0, 160) + ' ' + n.any.map(a => a.message).join('; ')).join('\\n  '))),
              error => done(['' + error]))";
        let told = self
            .driver
            .execute_async(script, vec![looked.rules()])
            .await
            .expect("axe runs");
        serde_json::from_value(told.json().clone()).expect("a list")
    }

    /// Makes the window as wide as another device: pixels.
    pub async fn resize(&self, width: u32) {
        let size = json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false});
        self.tools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Takes a picture of the whole page at `width`, if pictures are wanted ([`PICTURES`]).
    pub async fn picture(&self, name: &str, width: u32) {
        self.resize(width).await;
        if std::env::var_os(PICTURES).is_none() {
            return;
        }
        let told = self
            .tools(
                "Page.captureScreenshot",
                json!({"format": "png", "captureBeyondViewport": true}),
            )
            .await;
        let folder = target().join("screenshots");
        std::fs::create_dir_all(&folder).expect("a folder");
        let data = told["data"].as_str().expect("a picture");
        let bytes = decode(data);
        std::fs::write(folder.join(format!("{name}.{width}.png")), bytes).expect("written");
    }

    /// The page on paper, kept as `target/screenshots/NAME.pdf`.
    pub async fn print(&self, name: &str) -> Paper {
        let told = self
            .tools("Page.printToPDF", json!({"preferCSSPageSize": true}))
            .await;
        let bytes = decode(told["data"].as_str().expect("a document"));
        let folder = target().join("screenshots");
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join(format!("{name}.pdf"));
        std::fs::write(&file, &bytes).expect("written");
        let tell = |program: &str, arguments: &[&str]| {
            let told = Command::new(program)
                .args(arguments)
                .arg(&file)
                .arg("-")
                .output()
                .expect(REMEDY);
            String::from_utf8_lossy(&told.stdout).into_owned()
        };
        let text = tell("pdftotext", &["-layout"]);
        let about = Command::new("pdfinfo").arg(&file).output().expect(REMEDY);
        let about = String::from_utf8_lossy(&about.stdout).into_owned();
        let value = |name: &str| {
            let line = about.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_default().trim().to_owned()
        };
        let size = value("Page size:");
        let mut sides = size
            .split_whitespace()
            .filter_map(|word| word.parse::<f64>().ok());
        Paper {
            sheets: value("Pages:").parse().expect("a number"),
            is_landscape: sides.next() > sides.next(),
            text,
        }
    }

    /// A log of the driver. The library has no word for it.
    async fn log(&self, kind: &str) -> Value {
        let driver = self.chromedriver.port;
        let session = self.driver.handle().session_id();
        let told: Value = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client")
            .post(format!(
                "http://127.0.0.1:{driver}/session/{session}/se/log"
            ))
            .json(&json!({"type": kind}))
            .send()
            .await
            .expect("the driver answers")
            .json()
            .await
            .expect("a log");
        told["value"].clone()
    }

    async fn tools(&self, command: &str, parameters: Value) -> Value {
        self.driver
            .cdp()
            .send_raw(command, parameters)
            .await
            .expect("the browser's tools answer")
    }
}

/// A page on paper.
#[derive(Debug)]
pub struct Paper {
    /// How many sheets.
    pub sheets: usize,
    /// Whether it lies across.
    pub is_landscape: bool,
    /// Everything that can be read on it.
    pub text: String,
}

impl Paper {
    /// Asserts that all of `words` can be read, and that no sign is without a shape.
    pub fn reads(&self, words: &[&str]) {
        let dense: String = self.text.split_whitespace().collect();
        for word in words {
            let word: String = word.split_whitespace().collect();
            assert!(
                dense.contains(&word),
                "{word} is not on the paper:\n{}",
                self.text
            );
        }
        for sign in ['\u{fffd}', '\u{25a1}', '\u{0}'] {
            assert!(
                !self.text.contains(sign),
                "{sign:?} on the paper:\n{}",
                self.text
            );
        }
    }
}

fn decode(text: &str) -> Vec<u8> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.decode(text).expect("a picture")
}

/// The program that drives the browser; ends with the story.
#[derive(Debug)]
struct Chromedriver {
    process: Child,
    port: u16,
}

impl Chromedriver {
    fn start() -> Self {
        let mut process = Command::new("/usr/bin/chromedriver")
            .arg("--port=0")
            .env("LANGUAGE", "zh_CN")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let said = BufReader::new(process.stdout.take().expect("its words"));
        let port = said
            .lines()
            .map_while(Result::ok)
            .find_map(|line| {
                line.rsplit_once("successfully on port ")
                    .and_then(|(_, port)| port.trim_end_matches('.').parse().ok())
            })
            .expect("chromedriver says its port");
        Self { process, port }
    }

    async fn window(&self, profile: &Path, scripts: bool) -> WebDriver {
        let mut wanted = DesiredCapabilities::chrome();
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--force-color-profile=srgb",
            "--hide-scrollbars",
            "--accept-lang=zh-CN",
        ];
        for argument in arguments {
            wanted.add_arg(argument).expect("an argument");
        }
        if !scripts {
            let settings = json!({"profile.managed_default_content_settings.javascript": 2});
            wanted
                .add_experimental_option("prefs", settings)
                .expect("a setting");
        }
        wanted
            .add_arg(&format!("--user-data-dir={}", profile.display()))
            .expect("an argument");
        WebDriver::new(format!("http://127.0.0.1:{}", self.port), wanted)
            .await
            .expect("a window")
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The name of a page's picture: its path, with `one` for the keys that differ from run to run.
fn file_name(path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path).trim_matches('/');
    let name = |part: &'_ str| match part.len() {
        0 => "start".to_owned(),
        1..30 => part.to_owned(),
        _ => "one".to_owned(),
    };
    path.split('/').map(name).collect::<Vec<_>>().join("-")
}

fn axe() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("audit/node_modules/axe-core/axe.min.js")
}

/// The folder of the build.
fn target() -> PathBuf {
    let program = std::env::current_exe().expect("this program");
    let folders = program.ancestors().nth(3);
    folders.expect("a folder of the build").to_owned()
}
