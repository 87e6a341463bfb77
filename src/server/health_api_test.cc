#include "server/health_api.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "server/house_for_tests.h"

namespace kith {
namespace {

class HealthPages : public testing::Test {
 protected:
  HealthPages() { add_health_routes(router_, services_); }

  http::Response ask(const char* path) {
    const auto* handle = std::get_if<http::Handler>(&router_.find(http::Method::get, path).route->handler);
    boost::asio::io_context io;
    auto answer = boost::asio::co_spawn(io, (*handle)(http::Request()), boost::asio::use_future);
    auto kept_running = boost::asio::make_work_guard(io);
    std::thread thread([&] { io.run(); });
    auto response = answer.get();
    kept_running.reset();
    thread.join();
    return response ? std::move(*response) : http::Response::empty(599);
  }

  ScratchFolder folder_;
  OpenHouse house_{folder_ / "data"};
  FakeClock clock_;
  runtime::Metrics metrics_;
  Readiness readiness_{clock_, "/tmp"};
  HealthServices services_{house_.home().store_thread(), metrics_, readiness_, clock_, {"127.0.0.1"}, {}};
  http::Router router_;
};

TEST_F(HealthPages, SayThatTheHouseIsReadyOnceAWriteGetsThrough) {
  EXPECT_EQ(ask("/readyz").status, 200);
}

TEST_F(HealthPages, TellStrangersNothingOfWhatTheStoreSays) {
  house_.home().store_thread().stop();
  const http::Response answer = ask("/readyz");
  EXPECT_EQ(answer.status, 503);
  EXPECT_NE(answer.body.find("The store refused a write."), std::string::npos);
  EXPECT_EQ(answer.body.find("closing"), std::string::npos) << answer.body;
}

TEST_F(HealthPages, AskTheStoreOnceForAllWhoAskWithinAMoment) {
  EXPECT_EQ(ask("/readyz").status, 200);
  house_.home().store_thread().stop();
  clock_.advance(std::chrono::milliseconds(99));
  EXPECT_EQ(ask("/readyz").status, 200);
  clock_.advance(std::chrono::milliseconds(1));
  EXPECT_EQ(ask("/readyz").status, 503);
}

TEST_F(HealthPages, LetNobodyReadFromTheStoreWithoutEnd) {
  EXPECT_NE(router_.find(http::Method::get, "/").route->policy.rate, http::RateClass::unlimited);
}

TEST_F(HealthPages, ShowFiguresToThoseNamedOnly) {
  EXPECT_EQ(ask("/metrics").status, 599) << "an empty address is none of them";
}

}  // namespace
}  // namespace kith
