wrk.headers["X-Api-Key"] = "key-7-of-the-comparison"
wrk.headers["Accept"] = "application/json"
wrk.headers["User-Agent"] = "bench/1.0"
