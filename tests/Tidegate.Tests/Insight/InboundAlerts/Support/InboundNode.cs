using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.InboundAlerts.Support;

/// <summary>The admin port with the doors for alerts from outside, on a real database; only the clock is ours.</summary>
internal sealed class InboundNode : IAsyncDisposable
{
    private readonly TestAdmin _admin;

    private InboundNode(TestAdmin admin, FakeTimeProvider time) => (_admin, Time) = (admin, time);

    public FakeTimeProvider Time { get; }

    public InboundAlertStore Store => _admin.Services.GetRequiredService<InboundAlertStore>();

    public InboundAlertCounts Counts => _admin.Services.GetRequiredService<InboundAlertCounts>();

    public InboundAlertHealth Health => _admin.Services.GetRequiredService<InboundAlertHealth>();

    public AlertList Alerts => _admin.Services.GetRequiredService<AlertList>();

    public StateStore State => _admin.Services.GetRequiredService<StateStore>();

    /// <summary>A token with the scope <c>alerts.write</c> alone.</summary>
    public string Token { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<InboundNode> StartAsync(TestDatabase database, FakeTimeProvider? time = null)
    {
        time ??= new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var node = new InboundNode(await TestAdmin.StartAsync(database, time, new EventsModule(), new ListOfAlerts(), new WithoutExpiry()), time);
        if (node._admin.First is not null) node.Token = await node.TokenAsync("alerts.write");
        return node;
    }

    /// <summary>A token with a scope.</summary>
    public async Task<string> TokenAsync(string scope)
    {
        using var admin = _admin.Admin();
        var (status, body, _) = await admin.PostAsJsonAsync("tokens", new { name = scope, role = "operator", scopes = new[] { scope } });
        Assert.Equal(201, status);
        return body!["secret"]!.GetValue<string>();
    }

    /// <summary>Posts JSON; with the scoped token unless another credential is given.</summary>
    public async Task<(int Status, JsonNode? Body)> PostAsync(string path, string json, string? authorization = "")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_admin.Address, path)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        // Refused by its length, it is answered before it was sent.
        request.Headers.ExpectContinue = json.Length > 100_000;
        if (authorization is { Length: 0 }) authorization = $"Bearer {Token}";
        if (authorization is not null) request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        using var answer = await http.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Gets JSON.</summary>
    public async Task<(int Status, JsonNode? Body)> GetAsync(string path, string token)
    {
        using var client = _admin.Client(token);
        var (status, body, _) = await client.GetAsJsonAsync(new Uri(_admin.Address, path).ToString());
        return (status, body);
    }

    /// <summary>Alerts as Alertmanager's API takes them.</summary>
    public Task<(int Status, JsonNode? Body)> AlertsAsync(string json) => PostAsync("/api/v2/alerts", json);

    /// <summary>An event as PagerDuty takes it.</summary>
    public Task<(int Status, JsonNode? Body)> PageAsync(JsonObject body)
    {
        if (!body.ContainsKey("routing_key")) body["routing_key"] = Token;
        return PostAsync("/v2/enqueue", body.ToJsonString(), authorization: null);
    }

    public Task<IReadOnlyList<Alert>> ListAsync(bool all = false) => Alerts.ListAsync(all, null, 10_000, Cancel);

    /// <summary>Types of the events so far, oldest first.</summary>
    public async Task<IReadOnlyList<Event>> EventsAsync() =>
        [.. (await _admin.Services.GetRequiredService<EventLog>().ListAsync(new EventQuery { Limit = 10_000 }, Cancel)).Reverse().Where(e => e.Type.StartsWith("inbound_alerts.", StringComparison.Ordinal))];

    public long Count(string origin, InboundAlertResult result) => Counts.All.Where(c => c.Origin == origin && c.Result == result).Sum(c => c.Count);

    /// <summary>A look for alerts that nobody speaks of any more, of a process of its own.</summary>
    public AlertExpiry Expiry() => new(Store, Counts, State, new Leases(State, false, Time), Time, NullLogger<AlertExpiry>.Instance);

    public ValueTask DisposeAsync() => _admin.DisposeAsync();

    // Objectives need a gateway; of them only the list of alerts is wanted.
    private sealed class ListOfAlerts : Module
    {
        public override string Name => ObjectivesModule.Word;

        public override IReadOnlyList<Permission> Permissions => [ObjectivesModule.Read];

        public override void Register(IServiceCollection services, ProcessOptions options) =>
            services.AddSingleton(p => new AlertStore(p.GetRequiredService<StateStore>(), p.GetRequiredService<EventLog>())).AddSingleton<AlertList>();
    }

    // The clock is the test's, and so are the looks.
    private sealed class WithoutExpiry : Module
    {
        private readonly InboundAlertsModule _inner = new();

        public override string Name => _inner.Name;

        public override IReadOnlyList<Permission> Permissions => _inner.Permissions;

        public override void Register(IServiceCollection services, ProcessOptions options)
        {
            _inner.Register(services, options);
            services.Remove(services.Last(s => s.ServiceType == typeof(IHostedService)));
        }

        public override void Map(IEndpointRouteBuilder api) => _inner.Map(api);

        public override void MapRoot(IEndpointRouteBuilder root) => _inner.MapRoot(root);
    }
}
