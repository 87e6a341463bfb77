#include "server/sample_team.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/time_zone.h"
#include "conversations/notes.h"
#include "conversations/promises.h"
#include "conversations/read_marks.h"
#include "conversations/topics.h"
#include "conversations/write_message.h"
#include "http/embedded_assets.h"
#include "people/colleagues.h"
#include "people/house.h"
#include "people/join_team.h"
#include "people/persons.h"
#include "people/recognise.h"
#include "people/sign_in.h"
#include "people/start_visit.h"
#include "runtime/passwords.h"
#include "server/admin_acts.h"
#include "server/sample_script.h"

namespace kith {
namespace {

// A hash that no password has: only the colleague whose password is set at each start can sign in.
constexpr const char* kNoPassword = "*";

TimeZone zone_of_the_shop() {
  return TimeZone::find(sample_settings().opening.time_zone).value_or(TimeZone::utc());
}

// One act as one durable group at its own moment.
template <class Answer>
class Moment final : public WriteUnit {
 public:
  explicit Moment(std::function<Answer(Tx&)> act) : act_(std::move(act)) {}
  bool run(Tx& tx) override {
    answer_.emplace(act_(tx));
    return answer_->has_value();
  }
  Answer answer(const GroupOutcome& outcome) {
    if (!outcome.commit) return std::unexpected(outcome.commit.error());
    return std::move(*answer_);
  }

 private:
  std::function<Answer(Tx&)> act_;
  std::optional<Answer> answer_;
};

struct Customer {
  Actor actor;
  ConversationId conversation;
  PersonId person;
  std::map<std::string, TopicId> topics;
  PromiseId newest_promise;
  Seq answered = 0;  // up to here nothing waits for us
};

class Telling {
 public:
  Telling(Store& store, Time now, Random& random) : store_(store), now_(now), at_(now), random_(random) {}

  Result<void> tell();

 private:
  [[nodiscard]] std::vector<std::pair<Time, const SampleAct*>> in_order() const;
  template <class Act>
  auto at_this_moment(Act act) {
    using Answer = std::invoke_result_t<Act&, Tx&>;
    Moment<Answer> moment(std::move(act));
    WriteUnit* units[] = {&moment};
    return moment.answer(store_.commit_group(units, at_, random_));
  }
  template <class TypedId>
  TypedId new_id() {
    return make_id<TypedId>(at_, random_);
  }
  Digest unknown_secret() {
    Digest digest;
    random_.fill(digest);
    return digest;
  }

  Result<void> open_the_shop();
  Result<void> name_the_shop();
  Result<void> show_face(PersonId person, std::string_view name);
  Result<void> hire(const SampleColleague& colleague, TeamId team);
  Result<Actor> sign_in_for_the_story(PersonId person);
  Result<void> let_in(const SampleAct& act);
  Result<void> play(const SampleAct& act);
  Result<void> write(const SampleAct& act, const Actor& writer, EntryKind kind);
  Result<void> begin_topic(const SampleAct& act, Customer& customer, EntryId first);
  Result<void> promise(const SampleAct& act);
  Result<void> read_what_is_answered();
  Result<void> go_home();

  Store& store_;
  Time now_;
  Time at_;
  Random& random_;
  InboxId inbox_;
  std::vector<Actor> colleagues_;
  std::vector<Customer> customers_;
};

Result<void> Telling::tell() {
  at_ = now_ - std::chrono::days(100);
  customers_.resize(sample_customers().size());
  KITH_CHECK(open_the_shop());
  for (const auto& [moment, act] : in_order()) {
    at_ = moment;
    KITH_CHECK(play(*act));
  }
  at_ = now_;
  KITH_CHECK(read_what_is_answered());
  return go_home();
}

// What happened in several conversations, in the order of the clock.
std::vector<std::pair<Time, const SampleAct*>> Telling::in_order() const {
  const auto zone = zone_of_the_shop();
  const WallDay today = std::chrono::floor<std::chrono::days>(zone.wall(now_));
  std::vector<std::pair<Time, const SampleAct*>> acts;
  for (const SampleAct& act : sample_acts()) {
    const std::chrono::minutes minutes(act.at.minutes);
    const std::chrono::days days(act.at.days_ago);
    acts.emplace_back(act.at.days_ago == 0 ? now_ - minutes : zone.first_moment(today - days + minutes), &act);
  }
  std::ranges::sort(acts);  // at the same moment: in the order of the script
  return acts;
}

// Only a house that nobody has named yet; a real name stays.
Result<void> Telling::name_the_shop() {
  return at_this_moment([&](Tx& tx) -> Result<void> {
    KITH_TRY(const Settings before, tx.house().settings());
    if (before != Settings()) return {};
    const Settings& shop = sample_settings();
    KITH_CHECK(save_settings(tx, system_actor(),
                             {.organisation = shop.organisation,
                              .hello_line = shop.hello_line,
                              .hours = shop.hours,
                              .nobody_there_line = shop.nobody_there_line,
                              .opening = shop.opening}));
    return {};
  });
}

// The pictures are part of the program.
Result<void> Telling::show_face(PersonId id, std::string_view name) {
  const std::string beginning = "assets/face_" + std::string(name) + "-";
  const auto pictures = http::embedded_assets();
  const auto found =
      std::ranges::find_if(pictures, [&](const http::Asset& asset) { return asset.name.starts_with(beginning); });
  if (found == pictures.end()) return fail(Errc::not_found, "the picture of " + std::string(name) + " is missing");
  return at_this_moment([&](Tx& tx) -> Result<void> {
    KITH_TRY(Person person, tx.people().find(id));
    std::array<std::uint8_t, 16> key{};
    tx.random().fill(key);
    person.face = base64url({reinterpret_cast<const char*>(key.data()), key.size()});
    KITH_CHECK(tx.people().add_face({person.face, id, std::string(found->media_type), std::string(found->plain)}));
    return tx.people().save(person);
  });
}

Result<void> Telling::open_the_shop() {
  KITH_CHECK(name_the_shop());
  const TeamId team = new_id<TeamId>();
  inbox_ = new_id<InboxId>();
  KITH_CHECK(at_this_moment([&](Tx& tx) -> Result<void> {
    KITH_CHECK(save_team(tx, system_actor(), {.id = team, .name = "Lamp workshop (sample)", .is_sample = true}));
    Inbox inbox{.id = inbox_, .kind = InboxKind::web, .name = "Lamp workshop website (sample)", .team = team};
    inbox.hello_line = "Write to us. One of us will answer, by name.";
    inbox.is_sample = true;
    KITH_CHECK(save_inbox(tx, system_actor(), {.inbox = inbox}));
    return {};
  }));
  for (const SampleColleague& colleague : sample_colleagues()) KITH_CHECK(hire(colleague, team));
  return {};
}

Result<void> Telling::hire(const SampleColleague& colleague, TeamId team) {
  CreateColleague create{.id = new_id<PersonId>(), .called = colleague.called, .email = colleague.email};
  create.team = team;
  create.as_leader = create.as_admin = colleague.leads;
  create.is_sample = true;
  create.password_hash = kNoPassword;
  KITH_CHECK(at_this_moment([&](Tx& tx) -> Result<void> {
    KITH_CHECK(create_colleague(tx, system_actor(), create));
    return set_hello_line(tx, system_actor(), {.person = create.id, .hello_line = colleague.hello_line});
  }));
  KITH_CHECK(show_face(create.id, colleague.face));
  KITH_TRY(auto actor, sign_in_for_the_story(create.id));
  colleagues_.push_back(std::move(actor));
  return {};
}

// Every word of a colleague needs a live session as proof (I7). Nobody knows the secret of this one, and it ends with
// the telling.
Result<Actor> Telling::sign_in_for_the_story(PersonId person) {
  SignIn sign{.id = new_id<SessionId>(), .person = person, .token_digest = unknown_secret()};
  sign.verified_hash = kNoPassword;
  sign.expires_at = now_ + std::chrono::hours(1);
  KITH_CHECK(at_this_moment([&](Tx& tx) { return sign_in(tx, sign); }));
  KITH_TRY(auto reader, store_.open_reader());
  Result<Actor> actor = fail(Errc::unavailable, "not read");
  KITH_CHECK(reader->read([&](const Snapshot& now) { actor = recognise_session(now, sign.token_digest, at_); }));
  return actor;
}

Result<void> Telling::let_in(const SampleAct& act) {
  const SampleCustomer& who = sample_customers()[act.customer];
  StartVisit start{.id = new_id<SessionId>(), .token_digest = unknown_secret(), .inbox = inbox_};
  start.expires_at = now_ + std::chrono::hours(1);
  start.languages = {who.language};
  KITH_TRY(auto visit, at_this_moment([&](Tx& tx) -> Result<Visit> {
             KITH_TRY(auto begun, start_visit(tx, Actor{}, start));
             // Only invented people are marked. Somebody real who comes in by the sample inbox stays real.
             begun.person.called = who.called;
             begun.person.access_needs = who.access_needs;
             begun.person.is_sample = true;
             KITH_CHECK(tx.people().save(begun.person));
             return begun;
           }));
  Customer& customer = customers_[act.customer];
  customer.person = visit.person.id;
  customer.conversation = visit.thread.own.id;
  customer.actor = {
      .kind = ActorKind::visitor, .person = visit.person.id, .session = visit.session.id, .inbox = inbox_};
  KITH_CHECK(show_face(customer.person, who.face));
  if (*who.email == '\0') return {};
  ClaimIdentity claim{
      .id = new_id<IdentityId>(), .person = customer.person, .kind = IdentityKind::email, .value = who.email};
  KITH_CHECK(at_this_moment([&](Tx& tx) { return claim_identity(tx, customer.actor, claim); }));
  return {};
}

Result<void> Telling::play(const SampleAct& act) {
  Customer& customer = customers_[act.customer];
  const Actor& colleague = colleagues_[act.colleague];
  switch (act.kind) {
    case SampleActKind::comes:
      return let_in(act);
    case SampleActKind::says:
      return write(act, customer.actor, EntryKind::message);
    case SampleActKind::thanks:
      return write(act, customer.actor, EntryKind::thanks);
    case SampleActKind::answers:
      return write(act, colleague, EntryKind::message);
    case SampleActKind::promises:
      return promise(act);
    case SampleActKind::keeps:
      KITH_CHECK(at_this_moment([&](Tx& tx) { return keep_promise(tx, colleague, {customer.newest_promise}); }));
      return {};
    case SampleActKind::notes: {
      const WriteNote note{.id = new_id<NoteId>(), .about = customer.person, .text = act.text};
      KITH_CHECK(at_this_moment([&](Tx& tx) { return write_note(tx, colleague, note); }));
      return {};
    }
    case SampleActKind::settles:
      KITH_CHECK(at_this_moment([&](Tx& tx) {
        return settle_topic(tx, customer.actor, {.topic = customer.topics[act.topic], .by = SettledBy::customer_word});
      }));
      return {};
  }
  return {};
}

Result<void> Telling::write(const SampleAct& act, const Actor& writer, EntryKind kind) {
  Customer& customer = customers_[act.customer];
  WriteMessage message{.id = new_id<EntryId>(), .conversation = customer.conversation, .kind = kind};
  message.text = act.text;
  const auto topic = customer.topics.find(act.topic);
  if (topic != customer.topics.end()) message.topics = {topic->second};
  KITH_TRY(const Entry entry, at_this_moment([&](Tx& tx) { return write_message(tx, writer, message); }));
  if (writer.kind == ActorKind::colleague || kind == EntryKind::thanks) customer.answered = entry.seq;
  if (*act.topic == '\0' || topic != customer.topics.end()) return {};
  return begin_topic(act, customer, message.id);
}

Result<void> Telling::begin_topic(const SampleAct& act, Customer& customer, EntryId first) {
  CreateTopic create{
      .id = new_id<TopicId>(), .conversation = customer.conversation, .title = act.topic, .entries = {first}};
  KITH_CHECK(at_this_moment([&](Tx& tx) { return create_topic(tx, colleagues_[act.colleague], create); }));
  customer.topics[act.topic] = create.id;
  return {};
}

Result<void> Telling::promise(const SampleAct& act) {
  Customer& customer = customers_[act.customer];
  MakePromise make{.id = new_id<PromiseId>(), .conversation = customer.conversation, .what = act.text};
  const auto zone = zone_of_the_shop();
  const WallDay day = std::chrono::floor<std::chrono::days>(zone.wall(at_)) + std::chrono::days(act.due.in_days);
  make.due = zone.first_moment(day + std::chrono::minutes(act.due.minutes));
  KITH_CHECK(at_this_moment([&](Tx& tx) { return make_promise(tx, colleagues_[act.colleague], make); }));
  customer.newest_promise = make.id;
  return {};
}

// Nobody comes to a desk where months of settled talk still shout to be read: only what waits is new.
Result<void> Telling::read_what_is_answered() {
  return at_this_moment([&](Tx& tx) -> Result<void> {
    for (const Customer& customer : customers_)
      for (const Actor& colleague : colleagues_)
        KITH_CHECK(mark_read(tx, colleague, {.conversation = customer.conversation, .seq = customer.answered}));
    return {};
  });
}

Result<void> Telling::go_home() {
  return at_this_moment([&](Tx& tx) -> Result<void> {
    for (const Actor& colleague : colleagues_) KITH_CHECK(sign_out(tx, colleague));
    for (const Customer& customer : customers_) KITH_CHECK(sign_out(tx, customer.actor));
    return {};
  });
}

Result<std::optional<PersonId>> find_sample_colleague(Store& store) {
  KITH_TRY(auto reader, store.open_reader());
  std::optional<PersonId> found;
  Result<void> looked;
  KITH_CHECK(reader->read([&](const Snapshot& now) {
    auto account = now.access().account_by_email(sample_colleagues()[0].email);
    if (account) found = account->person;
    if (!account && account.error().code != Errc::not_found) looked = std::unexpected(account.error());
  }));
  if (!looked) return std::unexpected(looked.error());
  return found;
}

}  // namespace

Result<SampleSignIn> bring_in_sample(Store& store, const Clock& clock, Random& random) {
  KITH_TRY(auto colleague, find_sample_colleague(store));
  if (!colleague) {
    KITH_CHECK(Telling(store, clock.now(), random).tell());
    KITH_TRY(colleague, find_sample_colleague(store));
  }
  if (!colleague) return fail(Errc::unavailable, "The sample team is not where it was just put.");
  const std::string password = make_password(random);
  KITH_TRY(auto hash, runtime::hash_password(password));
  Moment<Result<void>> moment([&](Tx& tx) { return change_password(tx, system_actor(), {*colleague, {}, hash}); });
  WriteUnit* units[] = {&moment};
  KITH_CHECK(moment.answer(store.commit_group(units, clock.now(), random)));
  return SampleSignIn{sample_colleagues()[0].email, password};
}

}  // namespace kith
