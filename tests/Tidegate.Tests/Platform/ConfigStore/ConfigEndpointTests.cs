using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Platform.ConfigStore;
using Tidegate.Tests.Platform.Security;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.ConfigStore;

/// <summary>The configuration over HTTP, through the real admin port.</summary>
public sealed class ConfigEndpointTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private TestAdmin _port = null!;
    private HttpClient _admin = null!;

    private static string Second => ConfigNode.Good.Replace("a:1", "b:1", StringComparison.Ordinal);

    public async ValueTask InitializeAsync()
    {
        _port = await TestAdmin.StartAsync(_database, _time, new ConfigStoreModule());
        _admin = _port.Admin();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _port.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task PlanThenApply_GoodDocument_ShowsThenMakesTheRevision()
    {
        var (planned, plan, _) = await _admin.PostAsJsonAsync("config/plan", Body(ConfigNode.Good));
        Assert.Equal((200, true, 0), (planned, plan!["valid"]!.GetValue<bool>(), plan["parent"]!.GetValue<int>()));
        Assert.Equal("2 added, 0 changed, 0 removed", plan["summary"]!.GetValue<string>());
        Assert.Equal(["Route/orders", "Service/orders"], plan["changes"]!.AsArray().Select(c => c!["id"]!.GetValue<string>()));

        var (status, applied, answer) = await _admin.PostAsJsonAsync("config/apply", Body(ConfigNode.Good));
        Assert.Equal((200, 1, true), (status, applied!["revision"]!["number"]!.GetValue<int>(), applied["changed"]!.GetValue<bool>()));
        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);

        var (_, current, tagged) = await _admin.GetAsJsonAsync("config?kind=Service&name=orders");
        Assert.Equal("\"1\"", tagged.Headers.ETag!.Tag);
        Assert.Equal("http://a:1", current!["objects"]![0]!["spec"]!["destinations"]![0]!["address"]!.GetValue<string>());
        Assert.False((await _admin.PostAsJsonAsync("config/apply", Body("# again\n" + ConfigNode.Good))).Body!["changed"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Plan_WithALimit_SpellsSoManyAndCountsAll()
    {
        var (_, plan, _) = await _admin.PostAsJsonAsync("config/plan?limit=1", Body(ConfigNode.Good));
        Assert.Equal((2, "2 added, 0 changed, 0 removed"), (plan!["total"]!.GetValue<int>(), plan["summary"]!.GetValue<string>()));
        Assert.Equal("Route/orders", Assert.Single(plan["changes"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.Empty((await _admin.PostAsJsonAsync("config/plan?limit=0", Body(ConfigNode.Good))).Body!["changes"]!.AsArray());

        var (status, refused, _) = await _admin.PostAsJsonAsync("config/plan?limit=-1", Body(ConfigNode.Good));
        Assert.Equal((400, "limit"), (status, refused!["path"]!.GetValue<string>()));
    }

    [Fact]
    public async Task DiffRollbackRevisions_History_CanBeReadAndGoneBackIn()
    {
        await ApplyAsync(ConfigNode.Good);
        await ApplyAsync(Second);

        var diff = (await _admin.GetAsJsonAsync("config/diff?from=1&to=2")).Body!;
        Assert.Equal("0 added, 1 changed, 0 removed", diff["summary"]!.GetValue<string>());
        Assert.Equal("spec.destinations[0].address", diff["changes"]![0]!["keys"]![0]!["path"]!.GetValue<string>());
        Assert.Equal(404, (await _admin.GetAsJsonAsync("config/diff?from=1&to=7")).Status);

        var (status, back, _) = await _admin.PostAsJsonAsync("config/rollback", new { to = 1, message = "worse" }, ("If-Match", "\"2\""));
        Assert.Equal((200, 3), (status, back!["revision"]!["number"]!.GetValue<int>()));
        Assert.Equal(404, (await _admin.PostAsJsonAsync("config/rollback", new { to = 9 })).Status);
        Assert.Equal(400, (await _admin.PostAsJsonAsync("config/rollback", new { })).Status);

        var page = (await _admin.GetAsJsonAsync("config/revisions?limit=2")).Body!;
        Assert.Equal([3, 2], page["items"]!.AsArray().Select(r => r!["number"]!.GetValue<int>()));
        var rest = (await _admin.GetAsJsonAsync($"config/revisions?limit=2&cursor={page["next"]!.GetValue<string>()}")).Body!;
        Assert.Equal(1, Assert.Single(rest["items"]!.AsArray())!["number"]!.GetValue<int>());
        Assert.Null(rest["next"]);
        Assert.Equal(400, (await _admin.GetAsJsonAsync("config/revisions?limit=0")).Status);
        Assert.Equal(400, (await _admin.GetAsJsonAsync("config/revisions?cursor=x")).Status);
        Assert.Equal("worse", (await _admin.GetAsJsonAsync("config/revisions/3")).Body!["message"]!.GetValue<string>());
        Assert.Equal(404, (await _admin.GetAsJsonAsync("config/revisions/9")).Status);
        Assert.Contains("address: http://b:1", await _admin.GetStringAsync("config/revisions/2/document?format=yaml", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overlays_MadeAndRevoked_ChangeWhatIsInForce()
    {
        await ApplyAsync(ConfigNode.Good);
        var (made, overlay, _) = await _admin.PostAsJsonAsync("config/overlays", """{"reason":"burn","for":"30m","patches":{"Route/orders":{"spec":{"order":7}}}}""");
        Assert.Equal(201, made);
        var id = overlay!["id"]!.GetValue<string>();

        Assert.Equal(7, await OrderAsync());
        Assert.Equal(id, Assert.Single((await _admin.GetAsJsonAsync("config/overlays")).Body!["items"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.Equal(204, (await _admin.CallAsync(HttpMethod.Delete, $"config/overlays/{id}")).Status);
        Assert.Null(await OrderAsync());
        Assert.Equal(404, (await _admin.CallAsync(HttpMethod.Delete, $"config/overlays/{id}")).Status);

        foreach (var (body, status) in new[]
                 {
                     ("""{"reason":"","for":"30m","patches":{}}""", 400), ("""{"reason":"x","for":"forever","patches":{}}""", 400), ("""{"reason":"x","for":"31d","patches":{}}""", 400),
                     ("""{"reason":"x","for":"1h","patches":{}}""", 422), ("""{"reason":"x","for":"1h","patches":{"Route/none":{"spec":{}}}}""", 422), ("""{"for":"1h"}""", 400),
                 })
            Assert.Equal(status, (await _admin.PostAsJsonAsync("config/overlays", body)).Status);

        async Task<int?> OrderAsync() => (await _admin.GetAsJsonAsync("config?kind=Route")).Body!["objects"]![0]!["spec"]!["order"]?.GetValue<int>();
    }

    [Fact]
    public async Task Apply_ManyErrors_AnswersAllAtOnceWithTheirPlaces()
    {
        var text = ConfigNode.Good.Replace("path: /orders", "path: orders, methods: [get]", StringComparison.Ordinal).Replace("http://a:1", "ftp://a", StringComparison.Ordinal);
        var (status, problem, answer) = await _admin.PostAsJsonAsync("config/apply", new { files = new[] { new { name = "a.yaml", text }, new { name = "b.yaml", text = "kind: [\n" } } });

        Assert.Equal((422, "invalid_document"), (status, problem!["code"]!.GetValue<string>()));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var findings = problem["findings"]!.AsArray().Select(f => $"{f!["source"]!["file"]}:{f["source"]!["line"]} {f["resource"]} {f["path"]} {f["code"]}").ToList();
        Assert.True(findings.Count >= 4, string.Join('\n', findings));
        Assert.Contains(findings, f => f.StartsWith("a.yaml:4 Service/orders spec.destinations[0].address", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.StartsWith("a.yaml:9 Route/orders spec.match.path bad_path", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.StartsWith("a.yaml:9 Route/orders spec.match.methods[0] bad_method", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.StartsWith("b.yaml:", StringComparison.Ordinal) && f.EndsWith("syntax", StringComparison.Ordinal));

        // Plan says the same without refusing, and the status remembers the refusal until something is taken.
        Assert.False((await _admin.PostAsJsonAsync("config/plan", Body(text))).Body!["valid"]!.GetValue<bool>());
        Assert.NotNull((await _admin.GetAsJsonAsync("config/status")).Body!["rejected"]);
        await ApplyAsync(ConfigNode.Good);
        Assert.Null((await _admin.GetAsJsonAsync("config/status")).Body!["rejected"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\ufeff")]
    [InlineData("# nothing\n---\n")]
    public async Task PlanAndApply_NoObjectOverSome_AreRefusedUnlessAllowed(string text)
    {
        await ApplyAsync(ConfigNode.Good);

        var plan = (await _admin.PostAsJsonAsync("config/plan", Body(text))).Body!;
        var (status, problem, _) = await _admin.PostAsJsonAsync("config/apply", Body(text));
        var (none, _, _) = await _admin.PostAsJsonAsync("config/apply", new { files = Array.Empty<object>() });

        Assert.Equal((false, 422, 422), (plan["valid"]!.GetValue<bool>(), status, none));
        foreach (var findings in new[] { plan["findings"]!, problem!["findings"]! })
        {
            var finding = Assert.Single(findings.AsArray())!;
            Assert.Equal("empty_document", finding["code"]!.GetValue<string>());
            Assert.Contains("all 2 objects", finding["message"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Contains("--allow-empty", finding["message"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        var files = new[] { new { name = "a.yaml", text } };
        Assert.Equal("Nothing", (await _admin.PostAsJsonAsync("config/apply", new { files, partial = true })).Body!["changed"]!.GetValue<bool>() ? "Changed" : "Nothing");
        Assert.Equal("0 added, 0 changed, 2 removed", (await _admin.PostAsJsonAsync("config/plan", new { files, allowEmpty = true })).Body!["summary"]!.GetValue<string>());
        Assert.Equal(2, (await _admin.PostAsJsonAsync("config/apply", new { files, allowEmpty = true })).Body!["revision"]!["number"]!.GetValue<int>());
        // Nothing over nothing removes nothing.
        Assert.Equal(200, (await _admin.PostAsJsonAsync("config/apply", Body(text))).Status);
    }

    [Fact]
    public async Task PlanAndApply_SecretThisNodeDoesNotHave_AreRefusedBeforeARevisionIsStored()
    {
        await ApplyAsync(ConfigNode.Good);
        var text = ConfigNode.Good.Replace("service: orders,", "service: orders, rewrite: { requestHeaders: { set: { Authorization: 'Bearer ${env:TIDEGATE_TEST_NOT_SET}' } } },", StringComparison.Ordinal);

        var plan = (await _admin.PostAsJsonAsync("config/plan", Body(text))).Body!;
        var (status, problem, _) = await _admin.PostAsJsonAsync("config/apply", Body(text));

        Assert.Equal((false, 422), (plan["valid"]!.GetValue<bool>(), status));
        var finding = Assert.Single(problem!["findings"]!.AsArray())!;
        Assert.Equal("Route/orders spec.rewrite.requestHeaders.set.Authorization secret_not_found", $"{finding["resource"]} {finding["path"]} {finding["code"]}");
        Assert.Equal("a.yaml", finding["source"]!["file"]!.GetValue<string>());
        Assert.Contains("${env:TIDEGATE_TEST_NOT_SET}", finding["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1, (await _admin.GetAsJsonAsync("config")).Body!["revision"]!.GetValue<int>());
    }

    [Fact]
    public async Task Keys_ConsumerThatIsNotThere_Is404NamingTheNearOnes()
    {
        Assert.Contains("There is none yet", (await _admin.PostAsJsonAsync("keys", new { consumer = "shop" })).Body!["action"]!.GetValue<string>(), StringComparison.Ordinal);
        await ApplyAsync(ConfigNode.Good + "---\napiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: shop }\nspec: {}\n");

        var (near, nearly, _) = await _admin.PostAsJsonAsync("keys", new { consumer = "shpo" });
        var (far, other, _) = await _admin.PostAsJsonAsync("keys", new { consumer = "nobody" });

        Assert.Equal((404, 404, "not_found"), (near, far, other!["code"]!.GetValue<string>()));
        Assert.Contains("Did you mean \"shop\"?", nearly!["action"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("There is shop.", other["action"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(201, (await _admin.PostAsJsonAsync("keys", new { consumer = "shop" })).Status);
    }

    [Fact]
    public async Task Apply_StaleParent_Is409WithWhatToDo()
    {
        await ApplyAsync(ConfigNode.Good);
        await ApplyAsync(Second);

        var (byHeader, problem, _) = await _admin.PostAsJsonAsync("config/apply", Body(ConfigNode.Good), ("If-Match", "\"1\""));
        var (byBody, _, _) = await _admin.PostAsJsonAsync("config/apply", Body(ConfigNode.Good, parent: 1));
        var (rollback, _, _) = await _admin.PostAsJsonAsync("config/rollback", new { to = 1, parent = 1 });
        var (plan, _, _) = await _admin.PostAsJsonAsync("config/plan", Body(ConfigNode.Good, parent: 1));

        Assert.Equal((409, 409, 409, 409), (byHeader, byBody, rollback, plan));
        Assert.Equal("revision_conflict", problem!["code"]!.GetValue<string>());
        Assert.Contains("tidegate diff 1 2", problem["action"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(400, (await _admin.PostAsJsonAsync("config/apply", Body(ConfigNode.Good), ("If-Match", "\"x\""))).Status);
        Assert.Equal(200, (await _admin.PostAsJsonAsync("config/apply", Body(ConfigNode.Good), ("If-Match", "\"2\""))).Status);
    }

    [Fact]
    public async Task Apply_ManyFromTheSameParent_ExactlyOneIsTaken()
    {
        await ApplyAsync(ConfigNode.Good);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            _admin.PostAsJsonAsync("config/apply", Body(ConfigNode.Good.Replace("a:1", $"host{i}:1", StringComparison.Ordinal), parent: 1))));

        Assert.Equal([200, 409, 409, 409, 409, 409, 409, 409], answers.Select(a => a.Status).Order());
    }

    [Fact]
    public async Task Everything_WithoutRight_Is401Or403AndChangesNothing()
    {
        await ApplyAsync(ConfigNode.Good);
        using var stranger = _port.Client();
        var (made, token, _) = await _admin.PostAsJsonAsync("tokens", new { name = "look", role = "viewer" });
        Assert.Equal(201, made);
        using var viewer = _port.Client(token!["secret"]!.GetValue<string>());
        (HttpMethod Method, string Path, object? Body, int Viewer)[] calls =
        [
            (HttpMethod.Get, "config", null, 200), (HttpMethod.Get, "config/schema", null, 200), (HttpMethod.Get, "config/status", null, 200), (HttpMethod.Get, "config/revisions", null, 200),
            (HttpMethod.Get, "config/revisions/1", null, 200), (HttpMethod.Get, "config/revisions/1/document", null, 200), (HttpMethod.Get, "config/diff?from=0&to=1", null, 200),
            (HttpMethod.Get, "config/overlays", null, 200), (HttpMethod.Post, "config/plan", Body(Second), 200), (HttpMethod.Post, "config/apply", Body(Second), 403),
            (HttpMethod.Post, "config/rollback", new { to = 0 }, 403), (HttpMethod.Post, "config/overlays", "{}", 403), (HttpMethod.Delete, "config/overlays/o_1", null, 403),
        ];
        foreach (var (method, path, body, allowed) in calls)
        {
            Assert.Equal((path, 401), (path, (await stranger.CallAsync(method, path, body)).Status));
            Assert.Equal((path, allowed), (path, (await viewer.CallAsync(method, path, body)).Status));
        }

        Assert.Equal(1, (await _admin.GetAsJsonAsync("config")).Body!["revision"]!.GetValue<int>());
    }

    [Fact]
    public async Task StateDatabaseGone_ChangesAre503AndWhatNeedsNoneStillWorks()
    {
        await ApplyAsync(ConfigNode.Good);
        foreach (var file in Directory.GetFiles(_database.Directory.Path, "state.db*")) File.Delete(file);

        var (status, problem, answer) = await _admin.PostAsJsonAsync("config/apply", Body(Second));

        Assert.Equal((503, "state_gone"), (status, problem!["code"]!.GetValue<string>()));
        Assert.Equal("5", answer.Headers.RetryAfter!.ToString());
        Assert.Contains("traffic is not affected", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(200, (await _admin.GetAsJsonAsync("config")).Status);
        Assert.Equal(200, (await _admin.GetAsJsonAsync("config/schema")).Status);
        Assert.Equal(1, (await _admin.GetAsJsonAsync("config/status")).Body!["revision"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"files\":null}")]
    [InlineData("{\"files\":[null]}")]
    [InlineData("{\"files\":[{\"name\":\"a\"}]}")]
    [InlineData("{\"files\":[{\"name\":\"a\",\"text\":null}]}")]
    [InlineData("{\"files\":[],\"surprise\":1}")]
    [InlineData("{\"files\":[],\"parent\":\"1\"}")]
    [InlineData("{\"files\":[")]
    [InlineData("\u0000\u0001")]
    public async Task Apply_Garbage_Is400(string body)
    {
        var (status, problem, _) = await _admin.PostAsJsonAsync("config/apply", body);

        Assert.Equal((400, "bad_request"), (status, problem!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Apply_NestedJsonAndOtherMediaType_AreRefused()
    {
        Assert.Equal(400, (await _admin.PostAsJsonAsync("config/apply", new string('[', 100_000))).Status);
        using var yaml = new StringContent(ConfigNode.Good, Encoding.UTF8, "application/yaml");
        using var answer = await _admin.PostAsync("config/apply", yaml, TestContext.Current.CancellationToken);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((415, "unsupported_media_type"), ((int)answer.StatusCode, problem["code"]!.GetValue<string>()));
        Assert.Contains("application/json", problem["action"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_BodyBeyondTheLimit_Is413NamingIt()
    {
        using var content = new ByteArrayContent(new byte[(32 << 20) + 1]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "config/apply") { Content = content };
        // Asked first, so that nobody sends 32 MiB to a server that has hung up.
        request.Headers.ExpectContinue = true;
        using var answer = await _admin.SendAsync(request, TestContext.Current.CancellationToken);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal((413, "too_large"), ((int)answer.StatusCode, problem["code"]!.GetValue<string>()));
        Assert.Contains("32MiB", problem["detail"]!.GetValue<string>().Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_HostileYaml_IsRefusedWithAFinding()
    {
        var laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) laughs.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        (string Text, string Code)[] cases =
        [
            (laughs.ToString(), "too_many_aliases"),
            (new string('[', 100_000), "too_deep"),
            (string.Concat(Enumerable.Range(0, 1000).Select(i => new string(' ', i) + "a:\n")), "too_deep"),
            ("a: &a [*a]", "alias_loop"),
            ("a: " + new string('x', 100_000), "unknown_key"),
            (new string('x', 100_000), "wrong_type"),
            ("a: \"" + new string('x', 100_000), "syntax"),
            ("!!python/object:os.system x", "tag"),
            ("a\0b", "syntax"),
        ];
        foreach (var (text, code) in cases)
        {
            var (status, plan, _) = await _admin.PostAsJsonAsync("config/plan", Body(text));
            Assert.True(status == 200, $"{code}: {status}");
            Assert.Contains(code, plan!["findings"]!.AsArray().Select(f => f!["code"]!.GetValue<string>()));
            // Nobody gets 100,000 characters back.
            Assert.True(plan.ToJsonString().Length < 20_000, code);
        }
    }

    [Fact]
    public async Task Schema_IsServed()
    {
        using var answer = await _admin.GetAsync("config/schema", TestContext.Current.CancellationToken);

        Assert.Equal("application/schema+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["$schema"]);
    }

    private static object Body(string text, long? parent = null) => new { files = new[] { new { name = "a.yaml", text } }, parent };

    private async Task ApplyAsync(string text)
    {
        var (status, body, _) = await _admin.PostAsJsonAsync("config/apply", Body(text));
        Assert.True(status == 200, body?.ToJsonString());
    }
}
