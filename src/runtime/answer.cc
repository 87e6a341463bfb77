#include "runtime/answer.h"

#include <utility>

#include <boost/asio/post.hpp>

namespace kith::runtime {

namespace {

struct Hop {
  boost::asio::any_io_executor where;
  std::vector<std::unique_ptr<Waiting>> waiting;
};

Hop& hop_to(std::vector<Hop>& hops, const boost::asio::any_io_executor& where) {
  for (Hop& hop : hops) {
    if (hop.where == where) return hop;
  }
  return hops.emplace_back(Hop{where, {}});
}

void answer_in_order(std::vector<std::unique_ptr<Waiting>>& waiting) {
  for (auto& each : waiting) {
    // Freed before the next one goes on: a resumed coroutine may run for a while.
    auto one = std::move(each);
    one->answer();
  }
}

}  // namespace

void answer_all(std::vector<std::unique_ptr<Waiting>> waiting) {
  std::vector<Hop> hops;
  for (auto& one : waiting) {
    if (!one) continue;
    auto where = one->where();
    if (where) {
      hop_to(hops, where).waiting.push_back(std::move(one));
    } else {
      one->answer();
    }
  }
  for (Hop& hop : hops) {
    boost::asio::post(hop.where, [waiting = std::move(hop.waiting)]() mutable { answer_in_order(waiting); });
  }
}

}  // namespace kith::runtime
