#include "simulation/town.h"

#include "people/join_team.h"
#include "people/recognise.h"
#include "people/start_visit.h"

namespace kith::simulation {

namespace {

constexpr std::chrono::hours kLongSession{24 * 365};

}  // namespace

Town::Town(const StoreKind& kind, std::uint64_t seed) : house(kind.open()), random(seed) {
  inbox = new_id<InboxId>();
  const auto opened = write([&](Tx& tx) { return tx.house().save_inbox({.id = inbox, .name = "Site"}); });
  if (!opened) throw std::runtime_error("cannot open an inbox: " + opened.error().detail);
}

Someone Town::open_session(PersonId person) {
  Someone someone{person, new_id<SessionId>(), {}};
  random.fill(someone.token);
  return someone;
}

Someone Town::add_colleague(const std::string& called) {
  const CreateColleague command{.id = new_id<PersonId>(),
                                .called = called,
                                .email = called + std::to_string(colleagues.size()) + "@team.example",
                                .password_hash = "not a hash"};
  const Someone someone = open_session(command.id);
  const auto made = run(system_actor(), create_colleague, command);
  if (!made) throw std::runtime_error("cannot add a colleague: " + made.error().detail);
  std::vector<Event> told = std::move(news);
  const auto signed_in = write([&](Tx& tx) {
    return tx.access().add_session({.id = someone.session,
                                    .kind = SessionKind::colleague,
                                    .person = someone.person,
                                    .token_digest = someone.token,
                                    .expires_at = tx.now() + kLongSession});
  });
  if (!signed_in) throw std::runtime_error("cannot sign in: " + signed_in.error().detail);
  news = std::move(told);
  colleagues.push_back(someone);
  return someone;
}

Someone Town::add_visitor() {
  Someone someone = open_session({});
  const StartVisit command{.id = someone.session,
                           .token_digest = someone.token,
                           .inbox = inbox,
                           .expires_at = clock.now() + kLongSession,
                           .languages = {"en"}};
  const auto visit = run(Actor{}, start_visit, command);
  if (!visit) throw std::runtime_error("cannot start a visit: " + visit.error().detail);
  someone.person = visit->person.id;
  visitors.push_back(someone);
  return someone;
}

Actor Town::actor(const Someone& someone) {
  const auto found = look([&](const Snapshot& now) { return recognise_session(now, someone.token, clock.now()); });
  return found ? *found : Actor{};
}

ConversationId Town::strand_of(PersonId person) {
  return look([&](const Snapshot& now) { return now.conversations().of_person(person).value().id; });
}

std::string Town::some_words() {
  static constexpr const char* kWords[] = {"tea", "invoice", "Straße", "please", "late", "parcel", "καλημέρα", "again"};
  std::string text;
  for (std::uint64_t left = 1 + random.below(4); left > 0; --left) {
    if (!text.empty()) text += ' ';
    text += kWords[random.below(std::size(kWords))];
  }
  return text;
}

}  // namespace kith::simulation
