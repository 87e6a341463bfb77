#include "http/problem.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

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
