// Small truths about persons that several use cases share.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/event.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

// Adds the person together with her one conversation (I2: from the first moment there is exactly one).
Result<Conversation> add_person(Tx& tx, const Person& person);

// She uses this identity as well. Who comes second to a shared one weighs less than who was there.
Result<void> link_identity(Tx& tx, IdentityId identity, PersonId person);

bool holds(std::span<const Role> roles, RoleKind kind, Time now);
// Holds any role in the team: colleague, leader or admin.
bool is_in_team(std::span<const Role> roles, Time now);
Result<bool> is_in_team(const PeopleReader& people, PersonId person, Time now);

// Emits PersonChanged to her thread and, for somebody who is or was in the team, her public face.
Result<void> announce_person(Tx& tx, const Person& person);
// Emits ColleagueChanged.
Result<void> announce_colleague(Tx& tx, const Person& person);
// The public face as it is now.
Result<ColleagueChanged> public_face(const PeopleReader& people, const AccessReader& access, const Person& person,
                                     Time now);
// Emits SessionsEnded; nothing when there are none.
void announce_sessions(Tx& tx, std::vector<SessionId> sessions);

// Ends the sessions she sits at a desk with, except `keep`, and emits SessionsEnded. Those of her as a customer are not
// the team's to take: behind them stands her conversation. Returns what it ended.
Result<std::vector<SessionId>> end_desks(Tx& tx, PersonId person, std::optional<SessionId> keep);

// When the customer's oldest word that no colleague has answered was said, read from the entries themselves.
Result<std::optional<Time>> oldest_unanswered(const EntryReader& entries, std::span<const ConversationId> strands);
// The same for a thread. Each strand is asked by itself, because an answer given in one of them before they were joined
// was none to the others; of a joined strand nothing counts that was answered since.
Result<std::optional<Time>> waits_since(const ConversationReader& conversations, const EntryReader& entries,
                                        const Thread& thread);
// Does this customer's entry wait for an answer? Thanks do not.
bool asks_for_answer(const Entry& entry);

}  // namespace kith
