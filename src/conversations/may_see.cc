#include "conversations/may_see.h"

#include <type_traits>
#include <variant>

#include "people/may.h"

namespace kith {
namespace {

// What of the policy an event falls under; `owner` is whose thread it happened in.
struct ObjectOf {
  PersonId owner;
  Touched operator()(const EntryAdded& it) const { return of(it.entry); }
  Touched operator()(const EntryChanged& it) const { return of(it.entry); }
  Touched operator()(const ConversationChanged&) const { return touched::Thread{owner}; }
  Touched operator()(const PersonChanged& it) const { return touched::PersonCard{it.person.id, false}; }
  Touched operator()(const TopicChanged&) const { return touched::Topic{owner}; }
  Touched operator()(const NoteChanged&) const { return touched::Note{owner, {}}; }
  Touched operator()(const PromiseChanged&) const { return touched::Promise{owner}; }
  Touched operator()(const ReadMarkChanged& it) const {
    if (it.mark.by == ReadBy::customer) return touched::CustomersMark{owner};
    if (it.mark.by == ReadBy::team) return touched::TeamsMark{owner};
    return touched::ColleaguesMark{it.mark.person.value_or(PersonId{})};
  }
  Touched operator()(const CompanionsChanged&) const { return touched::Companions{owner}; }
  Touched operator()(const HandoverChanged&) const { return touched::Handover{}; }
  Touched operator()(const DraftChanged& it) const { return touched::OwnDesk{it.draft.author}; }
  Touched operator()(const LaterChanged& it) const { return touched::OwnDesk{it.later.person}; }
  Touched operator()(const ScheduledChanged& it) const { return touched::OwnDesk{it.scheduled.by}; }
  // Anyone who writes with us may know who we are, and what the house says of itself at its front door.
  Touched operator()(const ColleagueChanged& it) const { return touched::Face{it.person.id, true}; }
  Touched operator()(const SettingsChanged&) const { return touched::FrontDoor{}; }
  Touched operator()(const SessionsEnded&) const { return touched::Watch{}; }

 private:
  [[nodiscard]] Touched of(const Entry& entry) const {
    return touched::Entry{owner, entry.author.kind, entry.author.person};
  }
};

}  // namespace

bool may_see(const Actor& actor, std::optional<ConversationId> own, const Event& event) {
  if (actor.kind == ActorKind::nobody || std::holds_alternative<SessionsEnded>(event.body)) return false;
  const bool is_visitor = actor.kind == ActorKind::visitor;
  // Notes are read when she asks for them, not shown while somebody is writing them.
  if (is_visitor && std::holds_alternative<NoteChanged>(event.body)) return false;
  const bool is_of_the_house =
      std::holds_alternative<ColleagueChanged>(event.body) || std::holds_alternative<SettingsChanged>(event.body);
  if (is_visitor && !is_of_the_house && (!own || event.conversation != own)) return false;
  // A strand that is read in hers is part of hers: she is told of the whole thread.
  const auto* changed = std::get_if<ConversationChanged>(&event.body);
  if (is_visitor && changed && changed->thread.own.id != own) return false;
  const PersonId owner = is_visitor ? actor.person : PersonId{};
  return may(actor, Verb::read, std::visit(ObjectOf{owner}, event.body)).has_value();
}

}  // namespace kith
