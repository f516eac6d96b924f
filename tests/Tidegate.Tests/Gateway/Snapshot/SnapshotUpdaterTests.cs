using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Snapshot;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Snapshot;

public sealed class SnapshotUpdaterTests : IAsyncLifetime
{
    private TestUpstream _one = null!;
    private TestUpstream _two = null!;

    public async ValueTask InitializeAsync()
    {
        _one = await TestUpstream.StartAsync(c => c.Response.WriteAsync("one"));
        _two = await TestUpstream.StartAsync(c => c.Response.WriteAsync("two"));
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Apply_BadThenGood_TheOldOneServesAndThenTheGoodOneIsTaken()
    {
        await using var gateway = await TestGateway.StartAsync(Config.Single(_one.Address));
        Assert.Equal("one", await GetAsync(gateway));

        gateway.Apply(Config.Document(Config.Service("svc", _two.Address), Config.Route("all", "nowhere"), Config.Route("bad", "svc", r => r with
        {
            Match = new MatchConfig { Path = "no-slash" },
        }), Config.Route("worse", "svc", r => r with
        {
            Match = new MatchConfig { Path = "/{id}", Headers = [new ValueMatchConfig { Name = "x", Regex = "(?<!a)b(" }] },
            Rewrite = new RewriteConfig { Path = "/{other}" },
        })));

        Assert.Equal("one", await GetAsync(gateway));
        Assert.Equal(1, gateway.Status.Running!.Revision);
        Assert.Equal(["Route/all spec.service", "Route/bad spec.match.path", "Route/worse spec.match.headers[0].regex", "Route/worse spec.rewrite.path"],
            gateway.Status.Rejected.Select(f => $"{f.Resource} {f.Path}"));
        Assert.All(gateway.Status.Rejected, f => Assert.Equal(FindingSeverity.Error, f.Severity));
        Assert.Contains(gateway.Given.Log.Lines, l => l.Event == 1003);

        gateway.Apply(Config.Single(_two.Address));
        Assert.Equal("two", await GetAsync(gateway));
        Assert.Equal((3L, 0), (gateway.Status.Running!.Revision, gateway.Status.Rejected.Count));
    }

    [Fact]
    public async Task Apply_SecretMissing_IsAFindingThatNamesTheReferenceAndNotTheValue()
    {
        await using var gateway = await TestGateway.StartAsync(Config.Single(_one.Address));
        gateway.Given.Secrets.Values["${env:GOOD}"] = "s3cret";
        ConfigDocument Document(string reference) => Config.Document(Config.Service("svc", _one.Address), Config.Route("all", "svc", r => r with
        {
            Rewrite = new RewriteConfig { RequestHeaders = new ValueEditConfig { Set = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-S"] = reference } } },
        }));
        gateway.Apply(Document("${env:GONE}"));
        var finding = Assert.Single(gateway.Status.Rejected);
        Assert.Equal(("secret_not_found", "Route/all", "spec.rewrite.requestHeaders.set.X-S"), (finding.Code, finding.Resource, finding.Path));
        Assert.Contains("${env:GONE}", finding.Message, StringComparison.Ordinal);

        Assert.Equal(2, gateway.Status.RejectedRevision);
        Assert.Equal(finding.Message.IndexOf("cannot be resolved", StringComparison.Ordinal), finding.Message.LastIndexOf("cannot be resolved", StringComparison.Ordinal));

        gateway.Apply(Document("Bearer ${env:GOOD}"));
        Assert.Null(gateway.Status.RejectedRevision);
        Assert.Empty(gateway.Status.Rejected);
        Assert.DoesNotContain(gateway.Given.Log.Lines, l => l.Message.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WithTheLastGoodDocumentAlone_Serves()
    {
        // What ConfigStore gives when its database is gone: a document that was there before anybody subscribed, and no further word.
        var setup = new TestGateway.Setup();
        setup.Source.Apply(Config.Single(_one.Address));
        await using var gateway = await TestGateway.StartAsync(setup, null);
        Assert.Equal("one", await GetAsync(gateway));
        Assert.True(gateway.Status.Ready);
    }

    [Fact]
    public async Task Start_WithoutAnyDocument_IsNotReadyUntilOneComes()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup(), null);
        Assert.False(gateway.Status.Ready);
        gateway.Apply(Config.Single(_one.Address));
        Assert.True(gateway.Status.Ready);
        Assert.Equal("one", await GetAsync(gateway));
    }

    [Fact]
    public async Task Apply_UnchangedPartsAndChangedWeight_StatesKeepTheirIdentity()
    {
        await using var gateway = await TestGateway.StartAsync(Document(100, _one.Address));
        var before = Assert.Single(gateway.Get<SnapshotHolder>().Current!.Services, s => s.Name == "svc");
        gateway.Apply(Document(7, _one.Address));
        var weight = Assert.Single(gateway.Get<SnapshotHolder>().Current!.Services, s => s.Name == "svc");
        Assert.NotSame(before, weight);
        Assert.Equal(7, weight.Destinations[0].Config.Weight);
        Assert.Same(before.Destinations[0].State, weight.Destinations[0].State);
        Assert.Same(before.State, weight.State);
        Assert.Same(before.Connections, weight.Connections);

        gateway.Apply(Document(7, _two.Address));
        var moved = Assert.Single(gateway.Get<SnapshotHolder>().Current!.Services, s => s.Name == "svc");
        Assert.NotSame(before.Destinations[0].State, moved.Destinations[0].State);

        ConfigDocument Document(int weight, Uri address) => Config.Document(
            Config.Service("svc", new ServiceConfig { Destinations = [new DestinationConfig { Name = "d", Address = address, Weight = weight }] }), Config.Route("all", "svc"));
    }

    [Fact]
    public async Task Swap_CallsInFlight_KeepTheirConnectionsUntilTheyEnd()
    {
        var time = new FakeTimeProvider();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var leave = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _one.Handler = async c =>
        {
            entered.TrySetResult();
            await leave.Task;
            await c.Response.WriteAsync("late");
        };
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = time }, Config.Single(_one.Address));
        var client = gateway.Get<SnapshotHolder>().Current!.Services[0].Destinations[0].Client;
        var running = GetAsync(gateway);
        await entered.Task;

        gateway.Apply(Config.Document(Config.Service("other", _two.Address), Config.Route("all", "other")));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("two", await GetAsync(gateway));
        Assert.Equal(1, gateway.Get<SnapshotUpdater>().CallsInFlight);

        leave.SetResult();
        Assert.Equal("late", await running);
        await gateway.Calls.WaitForAsync(2);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, gateway.Get<SnapshotUpdater>().CallsInFlight);
        using var request = new HttpRequestMessage(HttpMethod.Get, _one.Address);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.SendAsync(request, CancellationToken.None));
    }

    [Fact]
    public async Task Swap_UnderLoad_DropsNoCall()
    {
        await using var gateway = await TestGateway.StartAsync(Document(0));
        using var stop = new CancellationTokenSource();
        var answers = new int[3];
        var callers = Enumerable.Range(0, 8).Select(async caller =>
        {
            using var client = gateway.NewClient();
            while (!stop.IsCancellationRequested)
            {
                using var response = await client.GetAsync($"/{caller}", CancellationToken.None);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
                Interlocked.Increment(ref answers[text == "one" ? 0 : text == "two" ? 1 : 2]);
            }
        }).ToList();

        // Everything changes with each swap: service, connections, policies; the last swap long before the calls on the first have ended.
        for (var i = 1; i <= 60; i++)
        {
            gateway.Apply(Document(i));
            await gateway.Calls.NextAsync();
            await gateway.Calls.NextAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        Assert.Equal(0, answers[2]);
        Assert.True(answers[0] > 0 && answers[1] > 0);
        var records = await gateway.Calls.WaitForAsync(answers.Sum());
        Assert.All(records, r => Assert.Equal(CallOutcome.Ok, r.Outcome));
        Assert.Equal(answers.Sum(), records.Count);

        ConfigDocument Document(int i) => Config.Document(
            Config.Service($"svc{i % 3}", new ServiceConfig
            {
                Destinations = [new DestinationConfig { Address = i % 2 == 0 ? _one.Address : _two.Address }],
                Resilience = new ResilienceConfig { ConnectTimeout = TimeSpan.FromSeconds(5 + i) },
            }),
            Config.Route("all", $"svc{i % 3}"));
    }

    private static Task<string> GetAsync(TestGateway gateway) => gateway.Client.GetStringAsync("/", TestContext.Current.CancellationToken);
}
