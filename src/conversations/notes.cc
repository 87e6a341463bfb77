#include "conversations/notes.h"

#include <algorithm>
#include <utility>

#include "conversations/thread_access.h"
#include "people/if_found.h"
#include "people/person_facts.h"
#include "people/text_rules.h"

namespace kith {
namespace {

Result<Note> note_to(Verb verb, Tx& tx, const Actor& actor, NoteId id) {
  KITH_TRY(auto note, tx.notes().find(id));
  KITH_TRY(const auto person, tx.people().resolve(note.about));
  KITH_CHECK(may(actor, verb, touched::Note{person.id, note.author}));
  return note;
}

Result<Note> announced(Tx& tx, Note note) {
  KITH_TRY(const auto thread, tx.conversations().thread_of(note.about));
  tx.emit(event_in(thread, note.changed_seq, NoteChanged{note}));
  return note;
}

Result<Note> save_note(Tx& tx, Note note) {
  ++note.version;
  note.changed_seq = tx.next_seq();
  KITH_CHECK(tx.notes().save(note));
  return announced(tx, std::move(note));
}

Result<void> check_mentions(Tx& tx, const std::vector<PersonId>& mentions) {
  if (mentions.size() > kMostMentions) return invalid("mentions", "too many");
  for (auto at = mentions.begin(); at != mentions.end(); ++at) {
    if (std::find(std::next(at), mentions.end(), *at) != mentions.end()) return invalid("mentions", "named twice");
    KITH_TRY(const bool is_there, is_in_team(tx.people(), *at, tx.now()));
    if (!is_there) return invalid("mentions", "not in the team");
  }
  return {};
}

}  // namespace

Result<Note> write_note(Tx& tx, const Actor& actor, const WriteNote& command) {
  KITH_TRY(const auto person, tx.people().find(command.about));
  KITH_CHECK(may(actor, Verb::add, touched::Note{person.id, actor.person}));
  KITH_TRY(const std::string text, read_needed_text("text", command.text, kLongestNote));
  KITH_TRY(const auto earlier, if_found(tx.notes().find(command.id)));
  if (earlier) {
    const bool is_repeat = earlier->about == command.about && earlier->author == actor.person &&
                           earlier->mentions == command.mentions && (earlier->version > 1 || earlier->text == text);
    if (!is_repeat) return fail(Errc::conflict, "the id belongs to another note");
    return *earlier;
  }
  KITH_CHECK(check_mentions(tx, command.mentions));
  const Note note{.id = command.id,
                  .about = command.about,
                  .author = actor.person,
                  .text = text,
                  .written_at = tx.now(),
                  .changed_seq = tx.next_seq(),
                  .mentions = command.mentions};
  KITH_CHECK(tx.notes().add(note));
  return announced(tx, note);
}

Result<Note> change_note(Tx& tx, const Actor& actor, const ChangeNote& command) {
  KITH_TRY(Note note, note_to(Verb::change, tx, actor, command.note));
  KITH_TRY(const std::string text, read_needed_text("text", command.text, kLongestNote));
  const bool is_done =
      note.text == text && !note.taken_back && (note.version == command.version || note.version == command.version + 1);
  if (is_done) return note;
  if (note.taken_back || note.version != command.version)
    return fail(Errc::conflict, "it was changed since", "version");
  note.text = text;
  return save_note(tx, std::move(note));
}

Result<Note> take_back_note(Tx& tx, const Actor& actor, const TakeBackNote& command) {
  KITH_TRY(Note note, note_to(Verb::take_back, tx, actor, command.note));
  if (note.taken_back) return note;
  note.taken_back = true;
  note.text.clear();
  return save_note(tx, std::move(note));
}

Result<MentionPage> list_mentions(const Snapshot& snapshot, const Actor& actor, const ListMentions& query) {
  KITH_CHECK(may(actor, Verb::read, touched::OwnDesk{actor.person}));
  const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, 200);
  KITH_TRY(auto found, snapshot.notes().mentioning(actor.person, query.before, limit + 1));
  MentionPage page;
  if (found.size() > limit) {
    found.resize(limit);
    page.next = found.back().seq;
  }
  for (Mention& mention : found) {
    KITH_TRY(const auto thread, snapshot.conversations().thread_of(mention.note.about));
    KITH_TRY(auto person, snapshot.people().find(thread.own.person));
    page.mentions.push_back({std::move(mention.note), thread.own.id, std::move(person)});
  }
  return page;
}

}  // namespace kith
