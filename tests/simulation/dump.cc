#include "simulation/dump.h"

#include <algorithm>

namespace kith::simulation {

namespace {

constexpr std::size_t kAll = 100'000;

std::string maybe(const std::optional<Time>& time) {
  return time ? format_time(*time) : "-";
}
template <class Tag>
std::string maybe(const std::optional<Id<Tag>>& id) {
  return id ? id->text() : "-";
}

class Dumper {
 public:
  Dumper(const Snapshot& snapshot, const std::vector<PersonId>& people, Dump what)
      : snapshot_(snapshot), people_(people), what_(what) {}

  void person(PersonId id) {
    const Person person = snapshot_.people().find(id).value();
    line({"person", id.text(), person.called, person.access_needs, maybe(person.merged_into)});
    for (const std::string& language : person.languages) line({"  language", id.text(), language});
    for (const Role& role : snapshot_.people().roles(id).value())
      line({"  role", role.id.text(), number(role.kind), format_time(role.from), maybe(role.until)});
    for (const Identity& identity : snapshot_.identities().identities_of(id).value())
      line({"  identity", id.text(), identity.id.text(), identity.value, number(identity.state),
            identity.confirmed_how});
    const std::vector<PersonId> herself{id};
    for (const Note& note : snapshot_.notes().about(herself).value())
      line({"  note", note.id.text(), note.about.text(), note.author.text(), note.text, number(note.version),
            number(note.taken_back), number(note.changed_seq)});
    for (const Scheduled& scheduled : snapshot_.scheduled().open_of(id, kAll).value())
      line({"  scheduled", scheduled.id.text(), scheduled.strand.text(), scheduled.session.text(), scheduled.text,
            format_time(scheduled.send_at), number(scheduled.state), number(scheduled.changed_seq)});
    if (what_ == Dump::everything) merges(id);
    conversation(snapshot_.conversations().of_person(id).value());
  }

  std::string text;

 private:
  template <class Number>
  static std::string number(Number value) {
    return std::to_string(static_cast<long long>(value));
  }

  void line(std::initializer_list<std::string> parts) {
    for (const std::string& part : parts) text += part + '|';
    text += '\n';
  }

  void merges(PersonId id) {
    for (const Merge& merge : snapshot_.people().merges_of(id).value())
      line({"  merge", merge.id.text(), merge.from.text(), merge.into.text(), merge.by.text(), merge.reason,
            format_time(merge.at), maybe(merge.undone_at), maybe(merge.undone_by)});
  }

  void conversation(const Conversation& own) {
    const std::vector<ConversationId> strand{own.id};
    line({"  conversation", own.id.text(), own.person.text()});
    line({kPassing, own.id.text(), "waiting", maybe(own.waiting_since), "paused", maybe(own.paused_until)});
    if (what_ == Dump::everything) line({"    last entry", own.id.text(), number(own.last_entry)});
    for (ConversationId other : snapshot_.conversations().thread_with(own.id)->strands)
      line({"    strand", own.id.text(), other.text()});
    for (const Ask& ask : snapshot_.conversations().asks(own.id).value())
      line({"    ask", own.id.text(), ask.field, number(ask.state)});
    topics(strand);
    for (const Promise& promise : snapshot_.promises().of_strands(strand).value())
      line({"    promise", promise.id.text(), own.id.text(), promise.to.text(), promise.by.text(), promise.what,
            number(promise.state), maybe(promise.from), format_time(promise.due), number(promise.owner_warned),
            maybe(promise.apology), number(promise.changed_seq)});
    desks(strand);
    entries(strand);
  }

  void topics(const std::vector<ConversationId>& strand) {
    for (const Topic& topic : snapshot_.topics().of_strands(strand).value()) {
      line({"    topic", topic.id.text(), topic.strand.text(), topic.title, number(topic.state), maybe(topic.until),
            number(topic.settled_by), number(topic.changed_seq)});
      for (EntryId entry : topic.entries) line({"      entry", topic.id.text(), entry.text()});
    }
  }

  // What everybody keeps in mind of this strand.
  void desks(const std::vector<ConversationId>& strand) {
    read_marks(strand, ReadBy::customer, std::nullopt);
    read_marks(strand, ReadBy::team, std::nullopt);
    for (PersonId who : people_) {
      read_marks(strand, ReadBy::colleague, who);
      for (const Later& later : snapshot_.laters().of_strands(strand, who).value())
        line({kPassing, later.id.text(), "later", strand[0].text(), who.text(), number(later.is_set),
              maybe(later.until), number(later.until_she_writes), later.words});
      for (const Draft& draft : snapshot_.drafts().of_strands(strand, who).value()) {
        line({"    draft", draft.id.text(), strand[0].text(), who.text(), draft.text, number(draft.only_for_us),
              number(draft.changed_seq)});
        attachments(draft.id.text(), draft.attachments);
      }
    }
    for (PersonId who : snapshot_.companions().of_strands(strand, kAll).value())
      line({kPassing, strand[0].text(), "companion", who.text()});
    for (const Handover& handover : snapshot_.handovers().of_strands(strand, kAll).value())
      line({"    handover", handover.id.text(), strand[0].text(), handover.from.text(), handover.to.text(),
            handover.words, number(handover.state), format_time(handover.at), number(handover.changed_seq)});
  }

  void read_marks(const std::vector<ConversationId>& strand, ReadBy by, std::optional<PersonId> who) {
    for (const ReadMark& mark : snapshot_.read_marks().of_strands(strand, by, who).value())
      line({"    read", mark.id.text(), strand[0].text(), number(by), maybe(who), number(mark.seq)});
  }

  void attachments(const std::string& of, const std::vector<AttachmentId>& ids) {
    for (AttachmentId id : ids) {
      const Attachment file = snapshot_.attachments().find(id).value();
      line({"      attachment", of, id.text(), file.strand.text(), file.by.text(), file.name, file.media_type,
            number(file.size_bytes), number(file.state)});
    }
  }

  void entries(const std::vector<ConversationId>& strand) {
    for (const Entry& entry : snapshot_.entries().after(strand, 0, kAll).value()) {
      if (what_ == Dump::without_notices && entry.kind == EntryKind::notice) continue;
      line({"    entry", entry.id.text(), strand[0].text(), number(entry.seq), number(entry.kind),
            number(entry.author.kind), maybe(entry.author.person), maybe(entry.author.session), entry.author.machine});
      attachments(entry.id.text(), entry.attachments);
      for (const EntryVersion& version : snapshot_.entries().versions(entry.id).value())
        line({"      version", entry.id.text(), number(version.version), number(version.seq), version.text,
              number(version.taken_back)});
    }
  }

  const Snapshot& snapshot_;
  const std::vector<PersonId>& people_;
  Dump what_;
};

}  // namespace

std::string dump(const Snapshot& snapshot, std::vector<PersonId> people, Dump what) {
  std::ranges::sort(people);
  Dumper dumper(snapshot, people, what);
  for (PersonId person : people) dumper.person(person);
  return std::move(dumper.text);
}

}  // namespace kith::simulation
