#include "http/router.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <span>
#include <utility>

namespace kith::http {

namespace {

constexpr std::size_t kMethods = 7;

template <class Text>
std::vector<Text> split(std::string_view path) {
  std::vector<Text> segments;
  std::size_t begin = 1;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    segments.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return segments;
}

bool is_name(std::string_view segment) {
  return segment.starts_with('{');
}

bool takes_the_rest(std::string_view segment) {
  return segment.ends_with("*}");
}

std::string_view name_in(std::string_view segment) {
  return segment.substr(1, segment.size() - (takes_the_rest(segment) ? 3 : 2));
}

}  // namespace

// One segment deep in the tree of all patterns.
struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> named;
  std::unique_ptr<Node> rest;
  std::array<const Route*, kMethods> by_method{};
  bool has_routes = false;

  Node& child(std::string_view segment) {
    auto& place = !is_name(segment) ? literals[std::string(segment)] : takes_the_rest(segment) ? rest : named;
    if (!place) place = std::make_unique<Node>();
    return *place;
  }

  // The deepest node with routes for these segments, or null.
  const Node* walk(std::span<const std::string_view> segments) const {
    if (segments.empty()) return has_routes ? this : nullptr;
    const auto literal = literals.find(segments.front());
    const Node* found = literal == literals.end() ? nullptr : literal->second->walk(segments.subspan(1));
    if (found == nullptr && named && !segments.front().empty()) found = named->walk(segments.subspan(1));
    return found == nullptr ? rest.get() : found;
  }

  const Route* answering(Method method) const {
    const Route* route = by_method[static_cast<std::size_t>(method)];
    if (route != nullptr || method != Method::head) return route;
    const Route* get = by_method[static_cast<std::size_t>(Method::get)];
    return get != nullptr && !get->is_upgrade() ? get : nullptr;
  }
};

Router::Router() : root_(new Node) {}
Router::~Router() = default;

void Router::FreeNode::operator()(Node* node) const {
  delete node;
}

void Router::add(Method method, std::string_view pattern, Policy policy, Handler handler) {
  add_route(method, pattern, policy, std::move(handler));
}

void Router::add_upload(Method method, std::string_view pattern, Policy policy, UploadHandler handler) {
  add_route(method, pattern, policy, std::move(handler));
}

void Router::add_upgrade(std::string_view pattern, Policy policy, UpgradeHandler handler) {
  add_route(Method::get, pattern, policy, std::move(handler));
}

void Router::add_route(Method method, std::string_view pattern, Policy policy,
                       std::variant<Handler, UploadHandler, UpgradeHandler> handler) {
  auto route = std::make_unique<Route>(
      Route{method, std::string(pattern), policy, std::move(handler), split<std::string>(pattern)});
  Node* node = root_.get();
  for (const std::string& segment : route->segments) node = &node->child(segment);
  auto& place = node->by_method[static_cast<std::size_t>(method)];
  assert(place == nullptr && "two routes for the same method and path");
  place = route.get();
  node->has_routes = true;
  routes_.push_back(std::move(route));
}

namespace {

std::vector<TextPair> params_of(const Route& route, std::span<const std::string_view> segments, std::string_view path) {
  std::vector<TextPair> params;
  for (std::size_t i = 0; i < route.segments.size(); ++i) {
    const std::string_view segment = route.segments[i];
    if (!is_name(segment)) continue;
    const std::string_view value =
        takes_the_rest(segment) ? path.substr(static_cast<std::size_t>(segments[i].data() - path.data())) : segments[i];
    params.emplace_back(name_in(segment), value);
  }
  return params;
}

}  // namespace

Router::Match Router::find(Method method, std::string_view path) const {
  const auto segments = split<std::string_view>(path);
  Match match;
  const Node* node = root_->walk(segments);
  if (node == nullptr) return match;
  match.path_exists = true;
  match.route = node->answering(method);
  if (match.route != nullptr) {
    match.params = params_of(*match.route, segments, path);
    return match;
  }
  for (std::size_t i = 0; i < kMethods; ++i) {
    const auto each = static_cast<Method>(i);
    if (node->answering(each) == nullptr) continue;
    if (!match.allow.empty()) match.allow += ", ";
    match.allow += method_name(each);
  }
  return match;
}

}  // namespace kith::http
