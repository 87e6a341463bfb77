#include "simulation/dump.h"

#include <algorithm>

namespace kith::simulation {

namespace {

std::string maybe(const std::optional<Time>& time) {
  return time ? format_time(*time) : "-";
}
template <class Tag>
std::string maybe(const std::optional<Id<Tag>>& id) {
  return id ? id->text() : "-";
}

class Dumper {
 public:
  Dumper(const Snapshot& snapshot, Dump what) : snapshot_(snapshot), what_(what) {}

  void person(PersonId id) {
    const Person person = snapshot_.people().find(id).value();
    line({"person", id.text(), person.called, person.access_needs, maybe(person.merged_into)});
    for (const std::string& language : person.languages) line({"  language", language});
    for (const Role& role : snapshot_.people().roles(id).value())
      line({"  role", role.id.text(), number(role.kind), format_time(role.from), maybe(role.until)});
    for (const Identity& identity : snapshot_.identities().identities_of(id).value())
      line({"  identity", identity.id.text(), identity.value, number(identity.state)});
    const std::vector<PersonId> herself{id};
    for (const Note& note : snapshot_.notes().about(herself).value())
      line({"  note", note.id.text(), note.text, number(note.version), number(note.taken_back)});
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

  void conversation(const Conversation& own) {
    const std::vector<ConversationId> strand{own.id};
    line({"  conversation", own.id.text(), maybe(own.waiting_since)});
    for (ConversationId other : snapshot_.conversations().thread_with(own.id)->strands)
      line({"    strand", other.text()});
    for (const Ask& ask : snapshot_.conversations().asks(own.id).value())
      line({"    ask", ask.field, number(ask.state)});
    for (const Topic& topic : snapshot_.topics().of_strands(strand).value()) {
      line({"    topic", topic.id.text(), topic.title, number(topic.state), maybe(topic.until),
            number(topic.settled_by)});
      for (EntryId entry : topic.entries) line({"      entry", entry.text()});
    }
    for (const Promise& promise : snapshot_.promises().of_strands(strand).value())
      line({"    promise", promise.id.text(), promise.what, number(promise.state), format_time(promise.due),
            number(promise.owner_warned), maybe(promise.apology)});
    entries(strand);
  }

  void entries(const std::vector<ConversationId>& strand) {
    for (const Entry& entry : snapshot_.entries().after(strand, 0, SIZE_MAX / 4).value()) {
      if (what_ == Dump::without_notices && entry.kind == EntryKind::notice) continue;
      line({"    entry", entry.id.text(), number(entry.seq), number(entry.kind), number(entry.author.kind),
            maybe(entry.author.person), maybe(entry.author.session), entry.author.machine});
      for (const EntryVersion& version : snapshot_.entries().versions(entry.id).value())
        line({"      version", number(version.version), number(version.seq), version.text, number(version.taken_back)});
    }
  }

  const Snapshot& snapshot_;
  Dump what_;
};

}  // namespace

std::string dump(const Snapshot& snapshot, std::vector<PersonId> people, Dump what) {
  std::ranges::sort(people);
  Dumper dumper(snapshot, what);
  for (PersonId person : people) dumper.person(person);
  return std::move(dumper.text);
}

}  // namespace kith::simulation
