#include "people/person_facts.h"

#include <algorithm>
#include <utility>

#include "people/if_found.h"

namespace kith {

Result<Conversation> add_person(Tx& tx, const Person& person) {
  KITH_CHECK(tx.people().add(person));
  Conversation conversation{.id = tx.new_id<ConversationId>(), .person = person.id, .created_at = person.created_at};
  KITH_CHECK(tx.conversations().add(conversation));
  return conversation;
}

Result<void> link_identity(Tx& tx, IdentityId identity, PersonId person) {
  KITH_TRY(const auto links, tx.identities().people_of(identity));
  const bool is_linked = std::ranges::any_of(links, [&](const IdentityLink& link) { return link.person == person; });
  if (is_linked) return {};
  return tx.identities().link({identity, person, links.empty() ? 1.0 : 0.5});
}

bool holds(std::span<const Role> roles, RoleKind kind, Time now) {
  return std::ranges::any_of(roles, [&](const Role& role) { return role.kind == kind && role.holds_at(now); });
}

bool is_in_team(std::span<const Role> roles, Time now) {
  return std::ranges::any_of(roles,
                             [&](const Role& role) { return role.kind != RoleKind::customer && role.holds_at(now); });
}

Result<bool> is_in_team(const PeopleReader& people, PersonId person, Time now) {
  KITH_TRY(const auto roles, people.roles(person));
  return is_in_team(roles, now);
}

Result<ColleagueChanged> public_face(const PeopleReader& people, const AccessReader& access, const Person& person,
                                     Time now) {
  KITH_TRY(const bool is_colleague, is_in_team(people, person.id, now));
  KITH_TRY(const auto account, if_found(access.account(person.id)));
  return ColleagueChanged{person, account ? account->hello_line : std::string(), is_colleague};
}

Result<void> announce_colleague(Tx& tx, const Person& person) {
  KITH_TRY(auto face, public_face(tx.people(), tx.access(), person, tx.now()));
  tx.emit({tx.next_seq(), std::nullopt, std::move(face)});
  return {};
}

Result<void> announce_person(Tx& tx, const Person& person) {
  KITH_TRY(const auto thread, tx.conversations().thread_of(person.id));
  tx.emit({tx.next_seq(), thread.own.id, PersonChanged{person}});
  KITH_TRY(const auto roles, tx.people().roles(person.id));
  const bool was_ever_in_team =
      std::ranges::any_of(roles, [](const Role& role) { return role.kind != RoleKind::customer; });
  if (was_ever_in_team) KITH_CHECK(announce_colleague(tx, person));
  return {};
}

void announce_sessions(Tx& tx, std::vector<SessionId> sessions) {
  if (!sessions.empty()) tx.emit({tx.next_seq(), std::nullopt, SessionsEnded{std::move(sessions)}});
}

Result<std::vector<SessionId>> end_desks(Tx& tx, PersonId person, std::optional<SessionId> keep) {
  KITH_TRY(const auto open, tx.access().sessions_of(person));
  std::vector<SessionId> ended;
  for (const SessionId id : open) {
    KITH_TRY(Session session, tx.access().session(id));
    if (session.kind != SessionKind::colleague || id == keep) continue;
    session.revoked = true;
    KITH_CHECK(tx.access().save_session(session));
    ended.push_back(id);
  }
  announce_sessions(tx, ended);
  return ended;
}

bool asks_for_answer(const Entry& entry) {
  return entry.author.kind == AuthorKind::customer && !entry.taken_back && entry.kind != EntryKind::thanks &&
         entry.kind != EntryKind::survey_answer;
}

Result<std::optional<Time>> oldest_unanswered(const EntryReader& entries, std::span<const ConversationId> strands) {
  constexpr std::size_t kPage = 200;
  std::optional<Time> oldest;
  std::optional<Seq> before;
  while (true) {
    KITH_TRY(const auto page, entries.page(strands, before, kPage));
    for (const Entry& entry : page) {
      if (entry.author.kind == AuthorKind::colleague) return oldest;
      if (asks_for_answer(entry)) oldest = entry.at;
    }
    if (page.size() < kPage) return oldest;
    before = page.back().seq;
  }
}

Result<std::optional<Time>> waits_since(const ConversationReader& conversations, const EntryReader& entries,
                                        const Thread& thread) {
  std::optional<Time> oldest;
  for (const ConversationId strand : thread.strands) {
    if (strand != thread.own.id) {
      KITH_TRY(const auto joined, conversations.find(strand));
      if (!joined.waiting_since) continue;
    }
    KITH_TRY(const auto since, oldest_unanswered(entries, std::span(&strand, 1)));
    if (since && (!oldest || *since < *oldest)) oldest = since;
  }
  return oldest;
}

}  // namespace kith
