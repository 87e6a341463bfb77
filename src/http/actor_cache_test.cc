#include "http/actor_cache.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "people/sign_in.h"
#include "people/test_house.h"

namespace kith::http {
namespace {

class ActorCacheTest : public TestHouse {
 protected:
  ActorCacheTest() { given_session(); }
  ~ActorCacheTest() override { store_thread.stop(); }

  void given_session() {
    StartVisit command = visit();
    command.token_digest = sha256("anna");
    must(act(start_visit, Actor{}, command));
    anna = recognised(command.token_digest);
    must(store_thread.start());
  }
  // Asks; what it was told is in `heard` once `io` has run.
  void ask() {
    heard.reset();
    auto keep = [this](std::exception_ptr, Result<Actor> actor) { heard = std::move(actor); };
    boost::asio::co_spawn(io, actors.session("anna"), keep);
  }
  Result<Actor> answer() {
    for (int i = 0; !heard && i < 100; ++i) io.run_one_for(std::chrono::seconds(1));
    return heard.value_or(fail(Errc::unavailable, "no answer"));
  }

  Log log{clock, Level::error, [](std::string_view) {}};
  runtime::StoreThread store_thread{store, clock, random, log, {.readers = 1}};
  ActorCache actors{store_thread, clock};
  boost::asio::io_context io;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> keeps_open =
      boost::asio::make_work_guard(io);
  Actor anna;
  std::optional<Result<Actor>> heard;
};

TEST_F(ActorCacheTest, DoesNotRememberWhatWasReadBeforeASessionEnded) {
  ask();
  io.poll();
  // One reader reads in order: when this is through, the question before it was answered from the store of before.
  must(store_thread.read_now([](const Snapshot&) -> Result<void> { return {}; }));
  must(store_thread.write_now([&](Tx& tx) { return sign_out(tx, anna); }));
  actors.notice({Event{1, std::nullopt, SessionsEnded{{*anna.session}}}});
  EXPECT_EQ(answer()->person, anna.person) << "the answer of that moment";
  ask();
  expect_error(answer(), Errc::not_signed_in);
}

TEST_F(ActorCacheTest, AsksTheStoreOnceInHalfAMinute) {
  ask();
  must(answer());
  store_thread.stop();
  ask();
  EXPECT_EQ(must(answer()).person, anna.person);
  clock.advance(std::chrono::seconds(30));
  ask();
  expect_error(answer(), Errc::unavailable);
}

}  // namespace
}  // namespace kith::http
