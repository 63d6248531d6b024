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
//! Pictures lie in `target/screenshots`, named `NAME.LANGUAGE.SCHEME.WIDTH.png`: look at them.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    time::Duration,
};

use api::{
    config::Config,
    demo,
    http::{self, State},
};
use entity::store::Store;
use futures::FutureExt;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{
    By, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver, WebElement,
    extensions::query::ElementQueryable,
};
use tokio::{runtime::Builder, sync::OnceCell};

use crate::{clock, story};

/// How to get what a story needs.
const REMEDY: &str = "apt-get install chromium chromium-driver fonts-noto-cjk nodejs npm, then: npm ci --prefix tests/audit";

/// How long a page may take to show what it should.
const PATIENCE: Duration = Duration::from_secs(15);

/// The narrowest and the widest screens, and one between: pixels.
const WIDTHS: [u32; 3] = [320, 768, 1280];

/// Runs a story before the demonstration on the morning of 30 September 2026. Without a browser it is counted as not run, which
/// fails when `CI` is set.
pub fn run(story: impl AsyncFnOnce(&Visit)) {
    let name = std::thread::current()
        .name()
        .unwrap_or("a story")
        .to_owned();
    if !["/usr/bin/chromium", "/usr/bin/chromedriver"]
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
            let visit = Visit::open().await;
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

/// A window before a demonstration of its own.
#[derive(Debug)]
pub struct Visit {
    /// The window.
    pub driver: WebDriver,
    /// The store behind the pages.
    pub store: Store,
    config: Config,
    address: SocketAddr,
    _chromedriver: Chromedriver,
    _folder: TempDir,
}

impl Visit {
    async fn open() -> Self {
        let folder = TempDir::with_prefix("qiyue-browser-").expect("a folder");
        std::fs::copy(
            prepared().await.join("qiyue.sqlite"),
            folder.path().join("qiyue.sqlite"),
        )
        .expect("a copy");
        let mailbox = folder.path().join("mailbox");
        std::fs::create_dir(&mailbox).expect("a folder");
        for letter in std::fs::read_dir(prepared().await.join("mailbox")).expect("a mailbox") {
            let letter = letter.expect("a letter");
            std::fs::copy(letter.path(), mailbox.join(letter.file_name())).expect("a copy");
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let address = listener.local_addr().expect("an address");
        let config = Config {
            listen: address,
            public_url: format!("http://{address}").parse().expect("an address"),
            ..demonstration(folder.path())
        };
        let opened = demo::open(&config, clock::morning())
            .await
            .expect("the demonstration opens");
        let store = opened.store.clone();
        let state = State::new(store.clone(), &config);
        tokio::spawn(http::serve(listener, state, std::future::pending()));
        let chromedriver = Chromedriver::start();
        let driver = chromedriver.window(&folder.path().join("profile")).await;
        Self {
            driver,
            store,
            config,
            address,
            _chromedriver: chromedriver,
            _folder: folder,
        }
    }

    /// Lets the letters that wait go into the local mailbox.
    pub async fn deliver(&self) {
        let runner = api::app::runner(&self.config, &self.store).expect("a runner");
        runner.deliver_now(None).await.expect("a delivery");
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
        self.driver
            .query(By::XPath(format!("//main//*[contains(., '{text}')]")))
            .wait(PATIENCE, Duration::from_millis(50))
            .first()
            .await
            .unwrap_or_else(|_| panic!("the page does not say: {text}"));
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

    async fn ask(&self, script: &str) -> Value {
        let told = self.driver.execute(script, Vec::new()).await;
        told.expect("a script").json().clone()
    }

    async fn prefer(&self, name: &str, value: &str) {
        let mut cookie = thirtyfour::Cookie::new(format!("qiyue-{name}"), value);
        cookie.set_path("/");
        self.driver.add_cookie(cookie).await.expect("a cookie");
    }

    /// Opens a page in both languages and both colour schemes, takes its picture at three widths, and asserts what is asked of
    /// every page: nothing that axe finds, no wider than the screen, nothing from elsewhere, not too large, no word missing.
    pub async fn see(&self, name: &str, path: &str) {
        for language in ["zh-CN", "en"] {
            for scheme in ["light", "dark"] {
                self.prefer("language", language).await;
                self.prefer("scheme", scheme).await;
                self.open_page(path).await;
                self.judge(&format!("{name}.{language}.{scheme}")).await;
            }
        }
        self.prefer("language", "zh-CN").await;
        self.prefer("scheme", "light").await;
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
        for fault in self.barriers().await {
            faults.push(format!("axe: {fault}"));
        }
        assert!(
            faults.is_empty(),
            "{name} ({language}):\n{}",
            faults.join("\n")
        );
    }

    /// What axe finds on the page.
    async fn barriers(&self) -> Vec<String> {
        let source = std::fs::read_to_string(axe()).expect("axe");
        self.driver
            .execute(source, Vec::new())
            .await
            .expect("axe loads");
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(
              found => done(found.violations.map(v => v.id + ': ' + v.help + '\\n  ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + n.html.slice(0, 160) + ' ' + n.any.map(a => a.message).join('; ')).join('\\n  '))),
              error => done(['' + error]))";
        let told = self
            .driver
            .execute_async(script, Vec::new())
            .await
            .expect("axe runs");
        serde_json::from_value(told.json().clone()).expect("a list")
    }

    async fn resize(&self, width: u32) {
        let size = json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false});
        self.tools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Takes a picture of the whole page at `width`.
    pub async fn picture(&self, name: &str, width: u32) {
        self.resize(width).await;
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

    /// How many sheets of paper the page takes.
    pub async fn sheets(&self) -> usize {
        let told = self
            .tools("Page.printToPDF", json!({"preferCSSPageSize": true}))
            .await;
        let bytes = decode(told["data"].as_str().expect("a document"));
        let folder = target().join("screenshots");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("printed.pdf"), &bytes).expect("written");
        let text = String::from_utf8_lossy(&bytes);
        text.matches("/Type /Page").count() - text.matches("/Type /Pages").count()
    }

    async fn tools(&self, command: &str, parameters: Value) -> Value {
        self.driver
            .cdp()
            .send_raw(command, parameters)
            .await
            .expect("the browser's tools answer")
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

    async fn window(&self, profile: &Path) -> WebDriver {
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

fn demonstration(folder: &Path) -> Config {
    Config {
        database_url: format!("sqlite:{}", folder.join("qiyue.sqlite").display()),
        mailbox_dir: folder.join("mailbox"),
        demonstration: true,
        introspection: true,
        graphiql: true,
        rate_limits: false,
        ..Config::default()
    }
}

/// The demonstration as it is when it begins, made once by this process: every story takes a copy.
async fn prepared() -> &'static Path {
    static PREPARED: OnceCell<PathBuf> = OnceCell::const_new();
    static ONE_AT_A_TIME: OnceLock<tokio::sync::Mutex<()>> = OnceLock::new();
    let _alone = ONE_AT_A_TIME.get_or_init(Default::default).lock().await;
    PREPARED
        .get_or_init(|| async {
            let folder = target().join("demonstration");
            if folder.exists() {
                std::fs::remove_dir_all(&folder).expect("the old one goes");
            }
            std::fs::create_dir_all(&folder).expect("a folder");
            let config = demonstration(&folder);
            let opened = Box::pin(demo::open(&config, clock::morning()))
                .await
                .expect("a demonstration");
            opened.store.db().clone().close().await.expect("closed");
            folder
        })
        .await
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
