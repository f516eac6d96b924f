using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Calls;
using Tidegate.Insight.Bodies;
using Tidegate.Insight.Bodies.Writing;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Writing;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Bodies;

/// <summary>Bodies over the admin API: who may read and erase, and that it is written down.</summary>
public sealed class BodyEndpointsTests
{
    [Fact]
    public async Task Show_TellsBodies_AndIsAudited()
    {
        await using var database = new SqliteTestDatabase();
        await using var admin = await TestAdmin.StartAsync(database, TimeProvider.System, new CallLogModule(), new BodiesModule());
        var call = await WriteAsync(admin, "app");

        var (status, body, _) = await admin.Admin().GetAsJsonAsync($"calls/{call:N}/bodies");

        Assert.Equal(200, status);
        Assert.Equal(
            (call.ToString("N"), "app", "said", "answered", "application/json", 4, false, ""),
            ((string)body!["id"]!, (string)body["consumer"]!, (string)body["request"]!["text"]!, (string)body["answer"]!["text"]!, (string)body["request"]!["mediaType"]!, (int)body["request"]!["size"]!,
                (bool)body["request"]!["truncated"]!, (string)body["request"]!["omitted"]!));
        Assert.Contains(("calls.bodies", $"call/{call:N}"), await AuditAsync(admin));
    }

    [Fact]
    public async Task Show_NoneOrNoId_IsSaid_AndNotAudited()
    {
        await using var database = new SqliteTestDatabase();
        await using var admin = await TestAdmin.StartAsync(database, TimeProvider.System, new CallLogModule(), new BodiesModule());

        var (missing, problem, _) = await admin.Admin().GetAsJsonAsync($"calls/{Guid.NewGuid():N}/bodies");
        var (wrong, _, _) = await admin.Admin().GetAsJsonAsync($"calls/{new string('z', 32)}/bodies");

        Assert.Equal((404, 400), (missing, wrong));
        Assert.Contains("bodies.keep", (string)problem!["action"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(await AuditAsync(admin), row => row.Action == "calls.bodies");
    }

    [Fact]
    public async Task Permissions_AViewerReadsRecordsOnly_AnOperatorErasesNothing()
    {
        await using var database = new SqliteTestDatabase();
        await using var admin = await TestAdmin.StartAsync(database, TimeProvider.System, new CallLogModule(), new BodiesModule());
        var call = await WriteAsync(admin, "app");

        var viewer = await TokenAsync(admin, "viewer");
        Assert.Equal((200, 403, 403), (await StatusAsync(viewer, $"calls/{call:N}"), await StatusAsync(viewer, $"calls/{call:N}/bodies"), (await viewer.PostAsJsonAsync("calls/erase", new { consumer = "app" })).Status));
        var reader = await TokenAsync(admin, "operator");
        Assert.Equal((200, 403), (await StatusAsync(reader, $"calls/{call:N}/bodies"), (await reader.PostAsJsonAsync("calls/erase", new { consumer = "app" })).Status));
        Assert.Equal(200, await StatusAsync(reader, $"calls/{call:N}/bodies"));
    }

    [Fact]
    public async Task Erase_RecordsAndBodies_AndIsAudited()
    {
        await using var database = new SqliteTestDatabase();
        await using var admin = await TestAdmin.StartAsync(database, TimeProvider.System, new CallLogModule(), new BodiesModule());
        Guid theirs = await WriteAsync(admin, "app"), other = await WriteAsync(admin, "web");

        var (status, body, _) = await admin.Admin().PostAsJsonAsync("calls/erase", new { consumer = "app" });

        Assert.Equal((200, "app", 1, 1), (status, (string)body!["consumer"]!, (int)body["calls"]!, (int)body["bodies"]!));
        foreach (var (id, expected) in ((Guid, int)[])[(theirs, 404), (other, 200)])
            Assert.Equal((expected, expected), (await StatusAsync(admin.Admin(), $"calls/{id:N}"), await StatusAsync(admin.Admin(), $"calls/{id:N}/bodies")));
        Assert.Contains(("calls.erase", "consumer/app"), await AuditAsync(admin));
    }

    [Theory]
    [InlineData("{}", "$.consumer")]
    [InlineData("""{"consumer":null}""", "consumer")]
    [InlineData("""{"consumer":""}""", "consumer")]
    public async Task Erase_Nobody_Is400(string body, string path)
    {
        await using var database = new SqliteTestDatabase();
        await using var admin = await TestAdmin.StartAsync(database, TimeProvider.System, new CallLogModule(), new BodiesModule());

        var (status, problem, _) = await admin.Admin().PostAsJsonAsync("calls/erase", body);

        Assert.Equal((400, path), (status, (string)problem!["path"]!));
        Assert.DoesNotContain(await AuditAsync(admin), row => row.Action == "calls.erase");
    }

    private static async Task<int> StatusAsync(HttpClient client, string path) => (await client.GetAsJsonAsync(path)).Status;

    private static async Task<HttpClient> TokenAsync(TestAdmin admin, string role)
    {
        var (status, body, _) = await admin.Admin().PostAsJsonAsync("tokens", new { name = role, role });
        Assert.True(status == 201, body?.ToJsonString());
        return admin.Client((string)body!["secret"]!);
    }

    private static async Task<List<(string Action, string Target)>> AuditAsync(TestAdmin admin) =>
        [.. (await admin.Admin().GetAsJsonAsync("audit?limit=100")).Body!["items"]!.AsArray().Select(row => ((string)row!["action"]!, (string)row["target"]!))];

    private static async Task<Guid> WriteAsync(TestAdmin admin, string consumer)
    {
        var call = SampleCalls.Ordinary(DateTimeOffset.UtcNow);
        call.Consumer = consumer;
        Assert.True(admin.Services.GetRequiredService<CallSink>().TryWrite(call));
        Assert.True(await admin.Services.GetRequiredService<CallWriter>().FlushAsync());
        admin.Services.GetRequiredService<BodySink>().Write(new TestBodies.SomeBodies(new KeptBody("application/json", 4, "said", false, ""), new KeptBody("application/json", 8, "answered", false, ""))
        {
            Id = call.Id, StartedAt = call.StartedAt, Consumer = consumer, Reserved = 0,
        });
        await admin.Services.GetRequiredService<BodyWriter>().AfterWritingAsync(() => true);
        return call.Id;
    }
}
