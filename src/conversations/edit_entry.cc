#include "conversations/edit_entry.h"

#include <utility>

#include "base/text.h"
#include "conversations/add_entry.h"
#include "conversations/thread_access.h"
#include "conversations/write_message.h"
#include "people/person_facts.h"
#include "people/text_rules.h"

namespace kith {
namespace {

struct OwnEntry {
  Entry entry;
  Thread thread;
};

Result<OwnEntry> entry_to(Verb verb, Tx& tx, const Actor& actor, EntryId id) {
  OwnEntry own;
  KITH_TRY(own.entry, tx.entries().find(id));
  KITH_TRY(own.thread, tx.conversations().thread_with(own.entry.strand));
  const Author& author = own.entry.author;
  KITH_CHECK(may(actor, verb, touched::Entry{own.thread.own.person, author.kind, author.person}));
  return own;
}

// The act was done before: the same answer, whatever time it is now. Anything else with its id is a conflict.
Result<bool> is_done(Tx& tx, const EntryVersion& wanted) {
  KITH_TRY(const auto earlier, tx.entries().find_act(wanted.act));
  if (!earlier) return false;
  if (earlier->entry != wanted.entry || earlier->text != wanted.text || earlier->taken_back != wanted.taken_back)
    return fail(Errc::conflict, "the id belongs to another act");
  return true;
}

Result<void> check_time(Tx& tx, const Entry& entry) {
  if (tx.now() - entry.at > kTimeToEdit) return fail(Errc::not_allowed, "too late to change it");
  return {};
}

Result<Entry> add_version(Tx& tx, const OwnEntry& own, EntryVersion version) {
  Entry entry = own.entry;
  version.version = entry.version + 1;
  version.seq = tx.next_seq();
  version.at = tx.now();
  KITH_CHECK(tx.entries().add_version(version));
  entry.text = version.text;
  entry.version = version.version;
  entry.changed_seq = version.seq;
  entry.taken_back = version.taken_back;
  tx.emit(event_in(own.thread, version.seq, EntryChanged{entry}));
  return entry;
}

// What she took back waits for no answer.
Result<void> look_who_waits_now(Tx& tx, Thread thread) {
  if (!thread.own.waiting_since) return {};
  KITH_TRY(const auto since, waits_since(tx.conversations(), tx.entries(), thread));
  if (since == thread.own.waiting_since) return {};
  thread.own.waiting_since = since;
  KITH_CHECK(tx.conversations().save(thread.own));
  return announce_thread(tx, thread);
}

}  // namespace

Result<Entry> edit_entry(Tx& tx, const Actor& actor, const EditEntry& command) {
  KITH_TRY(const auto own, entry_to(Verb::change, tx, actor, command.entry));
  KITH_CHECK(read_text("text", command.text, kLongestMessage));
  if (trim(command.text).empty() && own.entry.attachments.empty()) return invalid("text", "empty");
  const EntryVersion version{.act = command.act, .entry = command.entry, .text = command.text};
  KITH_TRY(const bool done, is_done(tx, version));
  if (done || (own.entry.text == command.text && !own.entry.taken_back)) return own.entry;
  if (own.entry.taken_back) return fail(Errc::conflict, "it was taken back");
  KITH_CHECK(check_time(tx, own.entry));
  if (own.entry.version >= kMostVersions) return fail(Errc::not_allowed, "changed too often; write it anew");
  return add_version(tx, own, version);
}

Result<Entry> take_back_entry(Tx& tx, const Actor& actor, const TakeBackEntry& command) {
  KITH_TRY(const auto own, entry_to(Verb::take_back, tx, actor, command.entry));
  const EntryVersion version{.act = command.act, .entry = command.entry, .taken_back = true};
  KITH_TRY(const bool done, is_done(tx, version));
  if (done || own.entry.taken_back) return own.entry;
  KITH_CHECK(check_time(tx, own.entry));
  KITH_TRY(auto entry, add_version(tx, own, version));
  if (entry.author.kind == AuthorKind::customer) KITH_CHECK(look_who_waits_now(tx, own.thread));
  return entry;
}

Result<std::vector<EntryVersion>> list_versions(const Snapshot& snapshot, const Actor& actor, EntryId id) {
  KITH_TRY(const Entry entry, snapshot.entries().find(id));
  KITH_TRY(const Thread thread, snapshot.conversations().thread_with(entry.strand));
  KITH_CHECK(may(actor, Verb::read, touched::Entry{thread.own.person, entry.author.kind, entry.author.person}));
  return snapshot.entries().versions(id);
}

}  // namespace kith
