#include "runtime/worker_pool.h"

#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

#include "base/clock.h"
#include "runtime/io.h"
#include "runtime/spawn.h"

namespace kith::runtime {
namespace {

class WorkerPoolTest : public testing::Test {
 protected:
  WorkerPoolTest() { io_.start(); }
  ~WorkerPoolTest() override { io_.stop(); }

  template <class Work>
  std::future<Result<std::string>> run(WorkerPool& pool, Work work) {
    auto promise = std::make_shared<std::promise<Result<std::string>>>();
    auto ask = [](WorkerPool& workers, Work wanted, auto tell) -> boost::asio::awaitable<void> {
      auto answer = co_await workers.run(std::move(wanted));
      tell->set_value(std::move(answer));
    };
    spawn(io_.context(), log_, "test", ask(pool, std::move(work), promise));
    return promise->get_future();
  }

  template <class Work>
  auto run_on_io(Work work) {
    std::packaged_task<std::invoke_result_t<Work>()> task(std::move(work));
    auto done = task.get_future();
    boost::asio::post(io_.context(), std::move(task));
    return done.get();
  }

  FakeClock clock_;
  std::string logged_;
  Log log_{clock_, Level::debug, [this](std::string_view line) { logged_ += line; }};
  IoThread io_{log_};
};

TEST_F(WorkerPoolTest, GivesBackWhatTheWorkFound) {
  WorkerPool pool(log_, 2);
  EXPECT_EQ(run(pool, []() -> Result<std::string> { return "hashed"; }).get().value(), "hashed");
}

TEST_F(WorkerPoolTest, TurnsAnExceptionIntoUnavailable) {
  WorkerPool pool(log_, 1);
  auto answer = run(pool, []() -> Result<std::string> { throw std::runtime_error("no disk"); }).get();
  EXPECT_EQ(answer.error().code, Errc::unavailable);
  EXPECT_NE(logged_.find("no disk"), std::string::npos);
}

TEST_F(WorkerPoolTest, RefusesAtOnceWhenTooMuchWaits) {
  WorkerPool pool(log_, 1, 1);
  std::promise<void> started;
  std::promise<void> go_on;
  auto busy = run(pool, [&]() -> Result<std::string> {
    started.set_value();
    go_on.get_future().wait();
    return "done";
  });
  started.get_future().wait();
  auto waiting = run(pool, []() -> Result<std::string> { return "waited"; });
  auto refused = run(pool, []() -> Result<std::string> { return "never"; });
  EXPECT_EQ(refused.get().error().code, Errc::unavailable);
  go_on.set_value();
  EXPECT_EQ(busy.get().value(), "done");
  EXPECT_EQ(waiting.get().value(), "waited");
}

TEST_F(WorkerPoolTest, FinishesWhatItIsInAndTellsWhatWaitsThatItStops) {
  WorkerPool pool(log_, 1);
  std::promise<void> started;
  std::promise<void> go_on;
  auto first = run(pool, [&]() -> Result<std::string> {
    started.set_value();
    go_on.get_future().wait();
    return "first";
  });
  started.get_future().wait();
  std::vector<std::future<Result<std::string>>> waiting;
  for (int i = 0; i < 3; ++i) waiting.push_back(run(pool, []() -> Result<std::string> { return "waited"; }));
  // Asked after those, on the same thread, so they wait by now.
  EXPECT_EQ(run_on_io([] { return 1; }), 1);
  pool.refuse_waiting();
  for (auto& one : waiting) {
    ASSERT_EQ(one.wait_for(std::chrono::seconds(10)), std::future_status::ready);
    const auto answer = one.get();
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Errc::unavailable);
    EXPECT_EQ(answer.error().detail, "the house is stopping");
  }
  go_on.set_value();
  pool.stop();
  EXPECT_EQ(first.get().value(), "first");
  EXPECT_EQ(run(pool, []() -> Result<std::string> { return "late"; }).get().error().code, Errc::unavailable);
}

}  // namespace
}  // namespace kith::runtime
