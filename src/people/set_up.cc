#include "people/set_up.h"

#include <algorithm>
#include <utility>

#include "people/house.h"
#include "people/join_team.h"
#include "people/person_facts.h"
#include "people/recognise.h"

namespace kith {
namespace {

// Hours without a place say nothing, so nobody is asked for them before she says where she is.
Result<void> name_the_house(Tx& tx, const TakeHouse& command) {
  KITH_TRY(Settings before, tx.house().settings());
  // What the sample said of itself is not what somebody real says.
  if (is_of_the_sample(before)) before = {.version = before.version};
  SaveSettings save{.version = before.version,
                    .organisation = command.organisation,
                    .hello_line = before.hello_line,
                    .hours = before.hours,
                    .nobody_there_line = before.nobody_there_line,
                    .opening = before.opening};
  if (!command.time_zone.empty()) save.opening->time_zone = command.time_zone;
  KITH_CHECK(save_settings(tx, system_actor(), save));
  return {};
}

Result<void> open_a_door(Tx& tx, const std::string& organisation) {
  KITH_TRY(const auto inboxes, tx.house().inboxes());
  const bool has_one =
      std::ranges::any_of(inboxes, [](const Inbox& inbox) { return inbox.kind == InboxKind::web && !inbox.is_sample; });
  if (has_one) return {};
  Inbox inbox{.id = tx.new_id<InboxId>(), .kind = InboxKind::web, .name = organisation};
  KITH_CHECK(save_inbox(tx, system_actor(), {std::move(inbox)}));
  return {};
}

}  // namespace

Result<bool> needs_set_up(const PeopleReader& people, Time now) {
  KITH_TRY(const auto team, people.team_members(now));
  for (const Person& one : team) {
    if (one.is_sample) continue;
    KITH_TRY(const auto roles, people.roles(one.id));
    if (holds(roles, RoleKind::admin, now)) return false;
  }
  return true;
}

Result<Person> take_house(Tx& tx, const TakeHouse& command) {
  KITH_TRY(const bool is_needed, needs_set_up(tx.people(), tx.now()));
  if (!is_needed) return fail(Errc::conflict, "somebody looks after this house already");
  KITH_CHECK(name_the_house(tx, command));
  CreateColleague first{
      .id = command.person, .called = command.called, .email = command.email, .password_hash = command.password_hash};
  first.as_leader = first.as_admin = true;
  KITH_TRY(Person person, create_colleague(tx, system_actor(), first));
  KITH_CHECK(open_a_door(tx, command.organisation));
  return person;
}

}  // namespace kith
