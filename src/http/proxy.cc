#include "http/proxy.h"

#include <algorithm>

#include <boost/asio/ip/address.hpp>

#include "base/text.h"

namespace kith::http {

namespace {

// The same address in one spelling; empty when it is none. Proxies that listen on both families write an IPv4 client as
// ::ffff:192.0.2.7; taken for IPv6, everybody on IPv4 would share one network.
std::string numeric(std::string_view text) {
  namespace ip = boost::asio::ip;
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  if (error) return {};
  if (address.is_v4()) return address.to_string();
  const ip::address_v6 whole(address.to_v6().to_bytes());  // without the name of a network card behind it
  return whole.is_v4_mapped() ? ip::make_address_v4(ip::v4_mapped, whole).to_string() : whole.to_string();
}

// Every line, the oldest first.
std::string chain_of(const Headers& headers) {
  std::string chain;
  for (const auto& [name, value] : headers.lines)
    if (name == "x-forwarded-for") chain += (chain.empty() ? "" : ",") + value;
  return chain;
}

std::string_view last_of(const Headers& headers, std::string_view name) {
  std::string_view last;
  for (const auto& [each, value] : headers.lines)
    if (each == name) last = value;
  return last;
}

}  // namespace

bool is_trusted_proxy(std::string_view address, std::span<const std::string> trusted_proxies) {
  return std::ranges::find(trusted_proxies, address) != trusted_proxies.end();
}

std::string network_of(std::string_view address) {
  if (address.find(':') == address.npos) return std::string(address);
  boost::system::error_code error;
  const auto whole = boost::asio::ip::make_address_v6(std::string(address), error);
  if (error) return std::string(address);
  auto bytes = whole.to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return boost::asio::ip::address_v6(bytes).to_string() + "/64";
}

Client client_behind(const Headers& headers, std::string_view peer, bool peer_is_secure,
                     std::span<const std::string> trusted_proxies) {
  Client client{std::string(peer), peer_is_secure};
  if (!is_trusted_proxy(peer, trusted_proxies)) return client;
  if (last_of(headers, "x-forwarded-proto") == "https") client.is_secure = true;
  const std::string whole_chain = chain_of(headers);
  std::string_view chain = whole_chain;
  while (!chain.empty()) {
    const std::size_t comma = chain.rfind(',');
    const std::string address = numeric(trim(comma == chain.npos ? chain : chain.substr(comma + 1)));
    if (address.empty()) break;
    client.address = address;
    if (!is_trusted_proxy(address, trusted_proxies) || comma == chain.npos) break;
    chain = chain.substr(0, comma);
  }
  return client;
}

}  // namespace kith::http
