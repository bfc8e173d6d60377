//! The queues: whoever is told that a message is written down may rely on it, and on nothing else. Messages come in any order,
//! late, and sometimes twice.

use serde_json::{Value, json};
use std::cell::RefCell;

/// A message.
#[derive(Debug, Clone)]
pub(super) struct Message {
    /// Its number; the same however often it is delivered.
    pub(super) number: u32,
    /// The queue's address.
    pub(super) queue: String,
    /// What it says.
    pub(super) body: String,
    /// Not before this millisecond.
    pub(super) due: i64,
    /// Whether somebody is at work on it.
    pub(super) taken: bool,
}

/// All queues.
#[derive(Debug, Default)]
pub(super) struct Post {
    messages: RefCell<Vec<Message>>,
    written: RefCell<u32>,
}

impl Post {
    /// Writes a message down, as `SendMessage` asks. Returns SQS's answer.
    pub(super) fn send(&self, request: &Value, now: i64) -> Value {
        *self.written.borrow_mut() += 1;
        let number = *self.written.borrow();
        let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
        let delay = request["DelaySeconds"].as_i64().unwrap_or_default() * 1_000;
        let message = Message { number, queue: text("QueueUrl"), body: text("MessageBody"), due: now + delay, taken: false };
        self.messages.borrow_mut().push(message);
        json!({ "MessageId": number.to_string() })
    }

    /// Messages of this queue that may be delivered now.
    pub(super) fn ready(&self, queue: &str, now: i64) -> Vec<u32> {
        let messages = self.messages.borrow();
        let ready = messages.iter().filter(|message| message.due <= now && !message.taken && message.queue.ends_with(queue));
        ready.map(|message| message.number).collect()
    }

    /// Takes one out of sight.
    pub(super) fn take(&self, number: u32) -> Option<Message> {
        let mut messages = self.messages.borrow_mut();
        let message = messages.iter_mut().find(|message| message.number == number)?;
        message.taken = true;
        Some(message.clone())
    }

    /// It is done with.
    pub(super) fn delete(&self, number: u32) {
        self.messages.borrow_mut().retain(|message| message.number != number);
    }

    /// It comes again, not before this millisecond.
    pub(super) fn hand_back(&self, number: u32, due: i64) {
        for message in self.messages.borrow_mut().iter_mut().filter(|message| message.number == number) {
            (message.taken, message.due) = (false, due);
        }
    }

    /// When the next message may be delivered, if there is any.
    pub(super) fn next_due(&self) -> Option<i64> {
        self.messages.borrow().iter().map(|message| message.due).min()
    }
}
