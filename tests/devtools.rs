//! A browser that is told what to do: just enough of WebSocket and of the DevTools protocol to ask a page.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(60);

/// A page in a browser of its own.
pub(crate) struct Tab {
    browser: Child,
    stream: TcpStream,
    next: u64,
}

impl Tab {
    pub(crate) fn open(browser: &Path, folder: &Path, url: &str) -> Tab {
        let profile = folder.join(".profile-of-the-browser");
        let mut child = Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"])
            .args(["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost", "--window-size=1200,800"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(url)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the browser runs");
        let mut said = BufReader::new(child.stderr.take().expect("piped"));
        let mut line = String::new();
        while !line.contains("DevTools listening on ws://") {
            line.clear();
            assert!(said.read_line(&mut line).expect("text") > 0, "the browser ended");
        }
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        let host =
            line.split("ws://").nth(1).expect("an address").split('/').next().expect("a host").to_owned();
        let start = Instant::now();
        let target = loop {
            let list = get(&host, "/json/list");
            let pages: Value = serde_json::from_str(&list).unwrap_or_default();
            let page = pages.as_array().into_iter().flatten().find(|it| it["type"] == "page").cloned();
            if let Some(page) = page {
                break page["webSocketDebuggerUrl"].as_str().expect("an address").to_owned();
            }
            assert!(start.elapsed() < PATIENCE, "the browser shows no page: {list}");
            std::thread::sleep(Duration::from_millis(50));
        };
        let path = target.split(&host).nth(1).expect("a path").to_owned();
        let mut stream = TcpStream::connect(&host).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        let key = "ZG9jd3JpZ2h0LXRlc3RzIQ==";
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("an answer");
            answer.push(byte[0]);
        }
        Tab { browser: child, stream, next: 0 }
    }

    /// What the browser answers to a command of the protocol.
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        self.send(&json!({ "id": self.next, "method": method, "params": params }).to_string());
        loop {
            let message: Value = serde_json::from_str(&self.receive()).expect("JSON");
            if message["id"] == self.next {
                return message["result"].clone();
            }
        }
    }

    /// The value of an expression in the page; null where it throws.
    pub(crate) fn eval(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        self.call("Runtime.evaluate", params)["result"]["value"].clone()
    }

    /// Shows a page, and waits until it and its scripts are there.
    pub(crate) fn show(&mut self, url: &str) {
        self.eval("window.left = true");
        self.call("Page.navigate", json!({ "url": url }));
        self.until("!window.left && document.readyState === 'complete'");
    }

    /// Presses a key, by its name in the protocol.
    pub(crate) fn press(&mut self, key: &str) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            _ => 0,
        };
        // A key that writes does what it does by what it writes.
        let text = if key == "Enter" { "\r" } else { "" };
        for kind in [if text.is_empty() { "rawKeyDown" } else { "keyDown" }, "keyUp"] {
            let params =
                json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text });
            self.call("Input.dispatchKeyEvent", params);
        }
    }

    /// Makes the window as wide as that of a phone.
    pub(crate) fn be_a_phone(&mut self) {
        let params = json!({ "width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", params);
    }

    /// Waits until an expression is true.
    #[track_caller]
    pub(crate) fn until(&mut self, expression: &str) {
        let start = Instant::now();
        while self.eval(expression) != Value::Bool(true) {
            if start.elapsed() > PATIENCE {
                panic!(
                    "never true: {expression}\n{}",
                    self.eval("document.documentElement.outerHTML.slice(0, 9000)")
                );
            }
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    fn send(&mut self, text: &str) {
        let mut frame = vec![0x81];
        match text.len() {
            small @ 0..126 => frame.push(0x80 | small as u8),
            some @ 126..=0xffff => {
                frame.push(0x80 | 126);
                frame.extend((some as u16).to_be_bytes());
            }
            large => {
                frame.push(0x80 | 127);
                frame.extend((large as u64).to_be_bytes());
            }
        }
        // Clients must mask; a mask of zeros leaves the text as it is.
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.stream.write_all(&frame).expect("sent");
    }

    fn receive(&mut self) -> String {
        let mut message = Vec::new();
        loop {
            let [first, second] = self.take::<2>();
            let length = match second & 0x7f {
                126 => u64::from(u16::from_be_bytes(self.take())),
                127 => u64::from_be_bytes(self.take()),
                small => u64::from(small),
            };
            let mut part = vec![0; usize::try_from(length).expect("a size")];
            self.stream.read_exact(&mut part).expect("a frame");
            if first & 0x0f <= 2 {
                message.extend(part);
                if first & 0x80 != 0 {
                    return String::from_utf8(message).expect("text");
                }
            }
        }
    }

    fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.stream.read_exact(&mut bytes).expect("a frame");
        bytes
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let _ = self.browser.kill();
        let _ = self.browser.wait();
    }
}

fn get(host: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(host).expect("a connection");
    stream
        .write_all(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
        .expect("sent");
    stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a limit");
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    let all = String::from_utf8_lossy(&all).into_owned();
    all.split_once("\r\n\r\n").map_or(String::new(), |it| it.1.to_owned())
}
