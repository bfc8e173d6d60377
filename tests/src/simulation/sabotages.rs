//! Deliberate mistakes, each of which some seed must find: what proves that the witness is awake.
//!
//! All of them are built into one copy of the sources, and each is made only if the environment names it, so that one build
//! tries them all: `cargo xtask sim --sabotages`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The variable that names the mistake to make.
pub const VARIABLE: &str = "FRONTROW_SABOTAGE";

/// One mistake.
#[derive(Debug)]
pub struct Sabotage {
    /// Its name.
    pub name: &'static str,
    /// What is wrong then.
    pub meaning: &'static str,
    /// How the sources are changed.
    pub edits: &'static [Edit],
}

/// A change of one file, where `after` and then `right` stand, once.
#[derive(Debug)]
pub struct Edit {
    file: &'static str,
    after: &'static str,
    /// An expression; or nothing, where something is only done in addition.
    right: &'static str,
    /// What takes its place, or what is done in addition.
    wrong: &'static str,
}

const BLOCKS: &str = "shared/store/src/blocks.rs";
const BOOKINGS: &str = "shared/store/src/bookings.rs";
const HOLDS: &str = "shared/store/src/holds.rs";
const SETTLE: &str = "shared/payments/src/settle.rs";

/// All of them.
pub const SABOTAGES: &[Sabotage] = &[
    Sabotage {
        name: "claim-what-is-taken",
        meaning: "a hold does not look whether a place is free",
        edits: &[Edit {
            file: BLOCKS,
            after: "",
            right: r#""(attribute_not_exists(#p) OR #p < :now OR (contains(#p, :holder) AND #p <= :claim))""#,
            wrong: r#""(attribute_exists(pk) OR #p < :now OR (contains(#p, :holder) AND #p <= :claim))""#,
        }],
    },
    Sabotage {
        name: "sell-what-is-lost",
        meaning: "a late payment takes places that somebody else has by now",
        edits: &[Edit {
            file: BLOCKS,
            after: "",
            right: r#""(attribute_not_exists(#p) OR #p < :now OR contains(#p, :holder))""#,
            wrong: r#""(attribute_exists(pk) OR #p < :now OR contains(#p, :holder))""#,
        }],
    },
    Sabotage {
        name: "free-without-fencing-token",
        meaning: "whoever gives up a hold frees what others hold",
        edits: &[Edit {
            file: BLOCKS,
            after: "Freeing::Held => ",
            right: r#""(contains(#p, :holder) AND NOT begins_with(#p, :sold))""#,
            wrong: r#""(contains(#p, :holder) OR NOT begins_with(#p, :sold))""#,
        }],
    },
    Sabotage {
        name: "tidy-what-is-sold",
        meaning: "a hold that lapsed takes its sold places along",
        edits: &[Edit {
            file: HOLDS,
            after: "pub async fn tidy_lapsed_hold(&self, hold: &Hold) -> Result<(), DatabaseError> {\n",
            right: "",
            wrong: "return self.free_places(hold, Freeing::HeldOrSold).await;",
        }],
    },
    Sabotage {
        name: "two-holds",
        meaning: "a second hold takes the place of a live one",
        edits: &[Edit {
            file: HOLDS,
            after: "",
            right: r#""attribute_not_exists(pk) OR expires_at < :now""#,
            wrong: r#""attribute_not_exists(pk) OR expires_at < :now OR expires_at >= :now""#,
        }],
    },
    Sabotage {
        name: "count-before-the-put",
        meaning: "what was bought is counted before the hold is written, and not after",
        edits: &[
            Edit {
                file: HOLDS,
                after: "-> Result<Placed, PlaceHoldError> {\n",
                right: "",
                wrong: "let counted = self.bought(&hold.show, &hold.user).await?;
                    if counted as usize + hold.places.len() > usize::from(limit) {
                        return Err(PlaceHoldError::SeatLimit { bought: counted, wanted: hold.places.len(), limit });
                    }",
            },
            Edit { file: HOLDS, after: "let bought = ", right: "self.bought(&hold.show, &hold.user).await?", wrong: "0" },
        ],
    },
    Sabotage {
        name: "free-before-giving-up",
        meaning: "places are freed before their booking is called off",
        edits: &[
            Edit {
                file: SETTLE,
                after: "match ",
                right: "self.store.cancel_unconfirmed(booking, reason, now).await",
                wrong: "{ self.store.free_places_of(booking).await?; self.store.cancel_unconfirmed(booking, reason, now).await }",
            },
            Edit {
                file: "functions/bookings/bookings-cancel/src/lib.rs",
                after: "let cancelled = ",
                right: "till.app.store.cancel_unconfirmed(booking, CancelReason::Owner, now).await?",
                wrong: "{
                    till.app.store.free_places_of(booking).await?;
                    till.app.store.cancel_unconfirmed(booking, CancelReason::Owner, now).await?
                }",
            },
        ],
    },
    Sabotage {
        name: "confirm-before-selling",
        meaning: "a booking is confirmed before its places are sold",
        edits: &[Edit {
            file: SETTLE,
            after: "async fn confirm(&self, booking: Booking, now: Timestamp) -> Result<Booking, SettleError> {\n",
            right: "",
            wrong: "if self.store.confirm_booking(&booking, now).await.is_ok() {
                    let _ = self.store.sell_places_of(&booking, now).await;
                    return Ok(Booking { status: BookingStatus::Confirmed, confirmed_at: Some(now), ..booking });
                }",
        }],
    },
    Sabotage {
        name: "capture-before-confirming",
        meaning: "money is taken before the places are sold",
        edits: &[Edit {
            file: SETTLE,
            after: "BookingStatus::Pending => ",
            right: "Box::pin(self.confirm(booking, now)).await",
            wrong: "{
                    if let Some(provider) = self.providers.get(payment.provider) { let _ = provider.capture(payment).await; }
                    Box::pin(self.confirm(booking, now)).await
                }",
        }],
    },
    Sabotage {
        name: "confirm-what-is-over",
        meaning: "a booking that was given up is confirmed all the same",
        edits: &[Edit {
            file: BOOKINGS,
            after: "Self::status_update(booking, BookingStatus::Confirmed, ",
            right: "&[BookingStatus::Pending]",
            wrong: "&[BookingStatus::Pending, BookingStatus::Cancelled, BookingStatus::Expired] as &[BookingStatus]",
        }],
    },
    Sabotage {
        name: "no-limit",
        meaning: "neither a hold nor a sale looks at what its buyer has already",
        edits: &[
            Edit {
                file: BOOKINGS,
                after: "",
                right: r#""attribute_not_exists(places) OR places <= :room""#,
                wrong: r#""attribute_not_exists(places) OR places <= :room OR places > :room""#,
            },
            Edit { file: HOLDS, after: "if hold.places.len() + ", right: "bought as usize", wrong: "0" },
        ],
    },
    Sabotage {
        name: "keep-what-is-given-up",
        meaning: "the money of a booking that came to nothing stays set aside",
        edits: &[Edit {
            file: "shared/domain/src/payment.rs",
            after: "| (_, P::Superseded) => {\n            ",
            right: "A::Void",
            wrong: "A::Done",
        }],
    },
    Sabotage {
        name: "admit-again",
        meaning: "the door does not look whether somebody came in with the ticket",
        edits: &[Edit {
            file: "shared/store/src/tickets.rs",
            after: "",
            right: r#""attribute_not_exists(pk) OR #status = :issued""#,
            wrong: r#""attribute_not_exists(pk) OR #status = :issued OR attribute_exists(pk)""#,
        }],
    },
    Sabotage {
        name: "sell-what-is-closed",
        meaning: "places of a show that was called off can be held and sold",
        edits: &[Edit {
            file: BLOCKS,
            after: "",
            right: r#""attribute_exists(pk) AND attribute_not_exists(closed)""#,
            wrong: r#""attribute_exists(pk)""#,
        }],
    },
    Sabotage {
        name: "coupon-for-everybody",
        meaning: "a coupon's use is counted and not limited",
        edits: &[Edit {
            file: "shared/store/src/coupons.rs",
            after: "",
            right: r#""attribute_not_exists(used) OR used < :most""#,
            wrong: r#""attribute_not_exists(used) OR used < :most OR used >= :most""#,
        }],
    },
    Sabotage {
        name: "never-ask",
        meaning: "nobody asks the provider about payments whose web hook was lost",
        edits: &[Edit {
            file: "functions/payments/payments-reconcile/src/lib.rs",
            after: "let due = ",
            right: "till.app.store.payments_due(till.app.clock.now(), PAYMENTS_PER_SHARD_MAX).await?",
            wrong: "{ let mut none = till.app.store.payments_due(till.app.clock.now(), 1).await?; none.ids.clear(); none }",
        }],
    },
    Sabotage {
        name: "refund-again",
        meaning: "every try of a refund is another one to the provider",
        edits: &[Edit {
            file: "shared/payments/src/sandbox.rs",
            after: "let name = ",
            right: "refund.provider_name()",
            wrong: "format!(\"{}-{}\", refund.provider_name(), self.payment(payment).await?.refunds.len())",
        }],
    },
];

impl Edit {
    /// The text of the file with the mistake in it. An error if the place is not there, or is there twice.
    fn make(&self, name: &str, text: &str) -> Result<String, String> {
        let place = format!("{}{}", self.after, self.right);
        let found = text.matches(&place).count();
        if found != 1 {
            return Err(format!("{name}: {} has its place {found} times", self.file));
        }
        let made = format!("if std::env::var_os({VARIABLE:?}).is_some_and(|named| named == {name:?})");
        let wrong = if self.right.is_empty() {
            format!("{}{made} {{ {} }}\n", self.after, self.wrong)
        } else {
            format!("{}({made} {{ {} }} else {{ {} }})", self.after, self.wrong, self.right)
        };
        Ok(text.replace(&place, &wrong))
    }
}

/// Copies what git knows of the sources at `root` to `to`, and makes every mistake there.
pub fn make_all(root: &Path, to: &Path) -> Result<(), String> {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output().map_err(|error| error.to_string())?;
    for file in String::from_utf8_lossy(&listed.stdout).split_terminator('\0').filter(|file| !file.starts_with("web/")) {
        let target = to.join(file);
        std::fs::create_dir_all(target.parent().unwrap_or(to)).map_err(|error| error.to_string())?;
        std::fs::copy(root.join(file), target).map_err(|error| format!("{file}: {error}"))?;
    }
    for (file, text) in mistaken(root)? {
        std::fs::write(to.join(file), text).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// The files at `root` that mistakes are made in, with all of them made.
pub fn mistaken(root: &Path) -> Result<BTreeMap<&'static str, String>, String> {
    let mut files = BTreeMap::new();
    for sabotage in SABOTAGES {
        for edit in sabotage.edits {
            let text = match files.remove(edit.file) {
                Some(text) => text,
                None => std::fs::read_to_string(root.join(edit.file)).map_err(|error| format!("{}: {error}", edit.file))?,
            };
            files.insert(edit.file, edit.make(sabotage.name, &text)?);
        }
    }
    Ok(files)
}
