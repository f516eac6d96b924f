using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Stale;

/// <summary>A gateway with one route that keeps answers, before one upstream that can be switched off.</summary>
internal sealed class StaleSetup : IAsyncDisposable
{
    private readonly RequestDelegate _answer;
    private int _records;

    private StaleSetup(RequestDelegate answer) => _answer = answer;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public TestUpstream Upstream { get; private set; } = null!;

    public TestGateway Gateway { get; private set; } = null!;

    /// <summary>True breaks every connection that asks for something.</summary>
    public bool Down { get; set; }

    public static async Task<StaleSetup> StartAsync(RequestDelegate answer, StaleConfig? stale = null, Func<RouteConfig, RouteConfig>? route = null, Func<ResilienceConfig, ResilienceConfig>? resilience = null,
        Resource[]? more = null, params IssuedKey[] keys)
    {
        var setup = new StaleSetup(answer);
        setup.Upstream = await TestUpstream.StartAsync(setup.AnswerAsync);
        setup.Gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = setup.Time }, setup.Document(stale ?? new StaleConfig(), route, resilience, more), keys);
        return setup;
    }

    public ConfigDocument Document(StaleConfig? stale, Func<RouteConfig, RouteConfig>? route = null, Func<ResilienceConfig, ResilienceConfig>? resilience = null, Resource[]? more = null)
    {
        var plain = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = 1 }, Breaker = null };
        return Config.Document(
        [
            Config.Service("svc", new ServiceConfig { Destinations = [new DestinationConfig { Name = "only", Address = Upstream.Address }], Resilience = resilience is null ? plain : resilience(plain) }),
            Config.Route("all", "svc", r => (route is null ? r : route(r)) with { Stale = stale }),
            .. more ?? [],
        ]);
    }

    /// <summary>GET: status, body, and the whole answer.</summary>
    public Task<(int Status, string Body, HttpResponseMessage Answer)> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers);

    public async Task<(int Status, string Body, HttpResponseMessage Answer)> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var answer = await Gateway.SendAsync(method, path, h =>
        {
            foreach (var (name, value) in headers) h.TryAddWithoutValidation(name, value);
        });
        _records++;
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer);
    }

    /// <summary>The record of the last call.</summary>
    public async Task<CallRecord> LastAsync() => (await Gateway.Calls.WaitForAsync(_records))[^1];

    /// <summary>A header of an answer, from wherever the client puts it; null when it is missing.</summary>
    public static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.NonValidated.TryGetValues(name, out var values) || answer.Content.Headers.NonValidated.TryGetValues(name, out values) ? values.ToString() : null;

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (!Down) return _answer(context);
        context.Abort();
        return Task.CompletedTask;
    }
}
