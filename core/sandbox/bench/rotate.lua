-- Asks the addresses of a file one after another, and tells the figures as one line of JSON.
-- It begins where the measurement before ended, so that nothing is asked again before all else was.
-- Where there are bodies, each of them is sent to each address.
-- A page of staff is asked for with the cookie of somebody who has signed in.
local requests, number, position = {}, 0, tonumber(os.getenv("BENCH_BEGIN") or 0)

function init()
  wrk.headers["Cookie"] = os.getenv("BENCH_COOKIE")
  local bodies = os.getenv("BENCH_BODIES")
  for address in io.lines(os.getenv("BENCH_ADDRESSES")) do
    if bodies then
      wrk.headers["Content-Type"] = "application/json"
      for body in io.lines(bodies) do
        number = number + 1
        requests[number] = wrk.format("POST", address, wrk.headers, body)
      end
    else
      number = number + 1
      requests[number] = wrk.format("GET", address)
    end
  end
end

function request()
  position = position % number + 1
  return requests[position]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"bytes":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
