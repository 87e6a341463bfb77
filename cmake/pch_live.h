// Precompiled for the folders whose coroutines ask the store.
#pragma once
#include "pch_asio.h"

#include "runtime/store_thread.h"
