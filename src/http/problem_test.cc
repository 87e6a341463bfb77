#include "http/problem.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/damaged.h"

namespace kith::http {
namespace {

bool asks_to_come_again(const Response& response) {
  return std::ranges::any_of(response.headers, [](const auto& header) { return header.first == "Retry-After"; });
}

TEST(Problem, SaysOfWhatIsDamagedThatTryingAgainDoesNotHelp) {
  const Response damaged = problem(Error{Errc::unavailable, "page 7 of the file", std::string(kDamaged)});
  EXPECT_EQ(damaged.status, 503);
  EXPECT_NE(damaged.body.find("restored from a backup"), std::string::npos) << damaged.body;
  EXPECT_EQ(damaged.body.find("page 7"), std::string::npos) << "the inside is nobody's business";
  EXPECT_FALSE(asks_to_come_again(damaged));
  EXPECT_TRUE(asks_to_come_again(problem(Error{Errc::unavailable, {}, {}})));
}

TEST(Problem, ExplainsOnlyWhatSomebodySent) {
  const Response invalid_field = problem(Error{Errc::invalid, "is missing", "text"});
  EXPECT_NE(invalid_field.body.find(R"("detail":"is missing","field":"text")"), std::string::npos);
  for (const Errc code : {Errc::not_found, Errc::not_signed_in, Errc::not_allowed, Errc::conflict, Errc::too_large,
                          Errc::too_many, Errc::storage_full, Errc::unavailable}) {
    const Response answer = problem(Error{code, "/var/lib/kith/kith.db is locked", "inside"});
    EXPECT_EQ(answer.status, status_of(code));
    EXPECT_EQ(answer.body.find("kith.db"), std::string::npos) << answer.body;
    EXPECT_EQ(answer.body.find("inside"), std::string::npos) << answer.body;
  }
}

}  // namespace
}  // namespace kith::http
