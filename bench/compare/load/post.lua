wrk.method = "POST"
wrk.body = string.rep("x", 10240)
wrk.headers["X-Api-Key"] = "key-7-of-the-comparison"
wrk.headers["Accept"] = "application/json"
wrk.headers["User-Agent"] = "bench/1.0"
wrk.headers["Content-Type"] = "application/octet-stream"
