#include "runtime/store_thread.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <latch>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <boost/asio/post.hpp>

#include "runtime/io.h"
#include "runtime/spawn.h"
#include "storage/memory/memory_store.h"

namespace kith::runtime {
namespace {

using namespace std::chrono_literals;

// The store in memory, with a door in front of commit_group() that a test can hold shut.
class WatchedStore : public Store {
 public:
  GroupOutcome commit_group(std::span<WriteUnit* const> units, Time now, Random& random) override {
    ++begun;
    door_.lock();
    door_.unlock();
    groups.push_back(units.size());
    if (throws) throw std::runtime_error("the disk fell off");
    return kept.commit_group(units, now, random);
  }
  Result<std::unique_ptr<Reader>> open_reader() override { return kept.open_reader(); }

  std::unique_lock<std::mutex> hold() { return std::unique_lock(door_); }

  MemoryStore kept;
  std::atomic<int> begun = 0;
  std::vector<std::size_t> groups;  // sizes; read when the thread has stopped
  bool throws = false;

 private:
  std::mutex door_;
};

struct AddPerson {
  PersonId id;
  std::string called;
};

Result<std::string> add_person(Tx& tx, const AddPerson& command) {
  Person person{.id = command.id, .called = command.called};
  KITH_CHECK(tx.people().add(person));
  tx.emit(Event{tx.next_seq(), std::nullopt, PersonChanged{person}});
  return command.called;
}

class StoreThreadTest : public testing::Test {
 protected:
  StoreThreadTest() { io_.start(); }
  ~StoreThreadTest() override {
    store_thread().stop();
    io_.stop();
  }

  StoreThread& store_thread() {
    if (!thread_) {
      thread_ = std::make_unique<StoreThread>(store_, clock_, random_, log_, options_);
      thread_->on_events([this](std::vector<Event>&& events) {
        for (const Event& event : events) seqs_.push_back(event.seq);
      });
      EXPECT_TRUE(thread_->start());
    }
    return *thread_;
  }
  AddPerson somebody(std::string called = "Mara") { return {make_id<PersonId>(clock_.now(), random_), called}; }
  bool knows(PersonId id) {
    return store_thread().read_now([id](const Snapshot& snapshot) { return snapshot.people().find(id); }).has_value();
  }

  // One coroutine that writes `command` and hands its answer to `answered`.
  void write_from_coroutine(std::size_t io_thread, AddPerson command,
                            std::function<void(Result<std::string>, std::thread::id)> answered) {
    auto work = [](StoreThread& store, AddPerson wanted,
                   std::function<void(Result<std::string>, std::thread::id)> tell) -> boost::asio::awaitable<void> {
      auto answer = co_await store.write(std::move(wanted), add_person);
      tell(std::move(answer), std::this_thread::get_id());
    };
    spawn(io_.at(io_thread).context(), log_, "test", work(store_thread(), std::move(command), std::move(answered)));
  }

  // Lets one write into the store and holds it there, so that what comes next has to wait.
  void occupy_store_with(std::function<void(Result<std::string>, std::thread::id)> answered) {
    store_thread();
    door_ = store_.hold();
    write_from_coroutine(0, somebody(), std::move(answered));
    while (store_.begun == 0) std::this_thread::sleep_for(1ms);
  }
  void let_go_when_waiting(std::size_t count) {
    while (store_thread().writes_waiting() < count) std::this_thread::sleep_for(1ms);
    door_.unlock();
  }

  FakeClock clock_;
  SeededRandom random_{7};
  std::mutex log_mutex_;
  std::string logged_;
  Log log_{clock_, Level::debug, [this](std::string_view line) {
             std::lock_guard lock(log_mutex_);
             logged_ += line;
           }};
  WatchedStore store_;
  std::unique_lock<std::mutex> door_;
  StoreThreadOptions options_;
  IoThreads io_{log_, 2};
  std::vector<Seq> seqs_;
  std::unique_ptr<StoreThread> thread_;
};

TEST_F(StoreThreadTest, AnswersWithWhatTheUseCaseSaid) {
  const AddPerson command = somebody();
  EXPECT_EQ(store_thread().write_now(command, add_person).value(), "Mara");
  EXPECT_TRUE(knows(command.id));
  const auto again = store_thread().write_now(command, add_person);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::conflict);
}

TEST_F(StoreThreadTest, GivesTheActorToUseCasesThatAsk) {
  auto use_case = [](Tx&, const Actor& actor, const AddPerson& command) -> Result<std::string> {
    return actor.program_name + " adds " + command.called;
  };
  Actor actor;
  actor.program_name = "importer";
  EXPECT_EQ(store_thread().write_now(actor, somebody(), use_case).value(), "importer adds Mara");
}

TEST_F(StoreThreadTest, KeepsEverythingThatWaitedInOneCommit) {
  constexpr int kWriters = 50;
  std::latch answered(kWriters + 1);
  std::atomic<int> good = 0;
  const auto count = [&](Result<std::string> answer, std::thread::id) {
    good += answer.has_value() ? 1 : 0;
    answered.count_down();
  };
  occupy_store_with(count);
  for (int i = 0; i < kWriters; ++i) write_from_coroutine(static_cast<std::size_t>(i % 2), somebody(), count);
  let_go_when_waiting(kWriters);
  answered.wait();
  store_thread().stop();
  EXPECT_EQ(good, kWriters + 1);
  EXPECT_EQ(store_.groups, (std::vector<std::size_t>{1, kWriters}));
  EXPECT_EQ(seqs_.size(), kWriters + 1U);
  EXPECT_TRUE(std::is_sorted(seqs_.begin(), seqs_.end()));
}

TEST_F(StoreThreadTest, NeverTakesMoreIntoAGroupThanItsCap) {
  options_.max_units_in_group = 4;
  std::latch answered(11);
  const auto count = [&](Result<std::string>, std::thread::id) { answered.count_down(); };
  occupy_store_with(count);
  for (int i = 0; i < 10; ++i) write_from_coroutine(0, somebody(), count);
  let_go_when_waiting(10);
  answered.wait();
  store_thread().stop();
  EXPECT_EQ(store_.groups, (std::vector<std::size_t>{1, 4, 4, 2}));
}

TEST_F(StoreThreadTest, AnswersOnTheThreadThatAsked) {
  std::promise<std::thread::id> asked_on;
  std::promise<std::thread::id> answered_on;
  boost::asio::post(io_.at(1).context(), [&] { asked_on.set_value(std::this_thread::get_id()); });
  write_from_coroutine(1, somebody(), [&](auto, std::thread::id thread) { answered_on.set_value(thread); });
  EXPECT_EQ(asked_on.get_future().get(), answered_on.get_future().get());
}

TEST_F(StoreThreadTest, TellsTheListenerBeforeItAnswers) {
  const AddPerson command = somebody();
  ASSERT_TRUE(store_thread().write_now(command, add_person));
  // Written by the store thread before it answered, so it can be read here without a lock.
  EXPECT_EQ(seqs_.size(), 1U);
}

TEST_F(StoreThreadTest, UndoesOneFailingUseCaseAndKeepsTheOthers) {
  const AddPerson good = somebody();
  const auto failing = [](Tx& tx, const AddPerson& command) -> Result<std::string> {
    KITH_CHECK(add_person(tx, command));
    return fail(Errc::not_allowed, "changed her mind");
  };
  const AddPerson bad = somebody();
  EXPECT_EQ(store_thread().write_now(bad, failing).error().code, Errc::not_allowed);
  EXPECT_TRUE(store_thread().write_now(good, add_person));
  EXPECT_FALSE(knows(bad.id));
  EXPECT_TRUE(knows(good.id));
  EXPECT_EQ(seqs_.size(), 1U);
}

TEST_F(StoreThreadTest, GivesAFailedCommitToEverybodyInItsGroup) {
  std::latch answered(6);
  std::atomic<int> failed = 0;
  const auto count = [&](Result<std::string> answer, std::thread::id) {
    failed += !answer && answer.error().code == Errc::storage_full ? 1 : 0;
    answered.count_down();
  };
  store_thread();
  store_.kept.fail_next_commit(Errc::storage_full);
  occupy_store_with(count);
  let_go_when_waiting(0);
  for (int i = 0; i < 5; ++i) write_from_coroutine(0, somebody(), count);
  answered.wait();
  EXPECT_EQ(failed, 1);
  EXPECT_EQ(seqs_.size(), 5U);
}

TEST_F(StoreThreadTest, NeverSaysYesWhenTheStoreThrows) {
  store_.throws = true;
  const AddPerson command = somebody();
  EXPECT_EQ(store_thread().write_now(command, add_person).error().code, Errc::unavailable);
  EXPECT_FALSE(knows(command.id));
}

TEST_F(StoreThreadTest, TurnsAnExceptionInAUseCaseIntoUnavailableAndALogLine) {
  const auto throwing = [](Tx&, const AddPerson&) -> Result<std::string> { throw std::runtime_error("a bug"); };
  EXPECT_EQ(store_thread().write_now(somebody(), throwing).error().code, Errc::unavailable);
  EXPECT_TRUE(store_thread().write_now(somebody(), add_person));
  EXPECT_NE(logged_.find("use_case_exception"), std::string::npos);
  const auto look = [](const Snapshot&) -> Result<int> { throw std::runtime_error("a bug"); };
  EXPECT_EQ(store_thread().read_now(look).error().code, Errc::unavailable);
}

TEST_F(StoreThreadTest, RefusesAtOnceWhenTooManyWait) {
  options_.max_waiting = 3;
  std::latch first(1);
  std::latch all(4);
  std::atomic<int> refused = 0;
  const auto count = [&](Result<std::string> answer, std::thread::id) {
    refused += !answer && answer.error().code == Errc::too_many ? 1 : 0;
    all.count_down();
  };
  occupy_store_with([&](auto, auto) { first.count_down(); });
  for (int i = 0; i < 4; ++i) write_from_coroutine(0, somebody(), count);
  while (refused == 0) std::this_thread::sleep_for(1ms);
  let_go_when_waiting(3);
  all.wait();
  first.wait();
  EXPECT_EQ(refused, 1);
}

TEST_F(StoreThreadTest, FinishesWhatWaitsBeforeItStopsAndRefusesWhatComesLater) {
  std::latch answered(4);
  std::atomic<int> good = 0;
  const auto count = [&](Result<std::string> answer, std::thread::id) {
    good += answer.has_value() ? 1 : 0;
    answered.count_down();
  };
  occupy_store_with(count);
  for (int i = 0; i < 3; ++i) write_from_coroutine(0, somebody(), count);
  let_go_when_waiting(3);
  store_thread().stop();
  answered.wait();
  EXPECT_EQ(good, 4);
  EXPECT_EQ(store_thread().write_now(somebody(), add_person).error().code, Errc::unavailable);
  EXPECT_EQ(store_thread().read_now([](const Snapshot&) -> Result<int> { return 1; }).error().code, Errc::unavailable);
}

TEST_F(StoreThreadTest, OwnsWhatItWasAskedWhenTheAskerIsGone) {
  store_thread();
  auto door = store_.hold();
  const AddPerson command = somebody();
  {
    boost::asio::io_context short_lived;
    auto work = [](StoreThread& store, AddPerson wanted) -> boost::asio::awaitable<void> {
      static_cast<void>(co_await store.write(std::move(wanted), add_person));
    };
    spawn(short_lived, log_, "test", work(store_thread(), command));
    short_lived.poll();
    while (store_.begun == 0) std::this_thread::sleep_for(1ms);
    door.unlock();
    store_thread().stop();  // its answer is posted, and destroyed with the context without ever running
  }
  ASSERT_EQ(seqs_.size(), 1U);
}

TEST_F(StoreThreadTest, ReadsForCoroutinesOnItsReaders) {
  const AddPerson command = somebody("Noor");
  ASSERT_TRUE(store_thread().write_now(command, add_person));
  std::promise<std::string> called;
  auto work = [](StoreThread& store, PersonId id, std::promise<std::string>& tell) -> boost::asio::awaitable<void> {
    auto look = [id](const Snapshot& snapshot) { return snapshot.people().find(id); };
    auto person = co_await store.read(std::move(look));
    tell.set_value(person ? person->called : "nobody");
  };
  spawn(io_.at(0).context(), log_, "test", work(store_thread(), command.id, called));
  EXPECT_EQ(called.get_future().get(), "Noor");
}

}  // namespace
}  // namespace kith::runtime
