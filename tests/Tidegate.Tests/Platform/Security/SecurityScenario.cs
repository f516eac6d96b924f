using Microsoft.Extensions.Time.Testing;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Security;

/// <summary>An admin port with a fake clock, one database and the probe endpoints.</summary>
public abstract class SecurityScenario(TestDatabase database) : IAsyncLifetime
{
    private protected const string Password = "a long pass phrase";

    private protected TestDatabase Database { get; } = database;

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private protected ProbeModule Probe { get; } = new();

    private protected TestAdmin Port { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Port = await TestAdmin.StartAsync(Database, Time, Probe);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Port.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Adds a user and returns a token of theirs.</summary>
    private protected async Task<string> UserAsync(string name, string role)
    {
        using var admin = Port.Admin();
        var (status, _, _) = await admin.PostAsJsonAsync("users", new { name, role, password = Password });
        Assert.Equal(201, status);
        using var session = await LoginAsync(name);
        var (made, body, _) = await session.PostAsJsonAsync("tokens", new { name = "test" });
        Assert.Equal(201, made);
        return body!["secret"]!.GetValue<string>();
    }

    /// <summary>A browser after a login: cookies, CSRF word, same origin.</summary>
    private protected async Task<HttpClient> LoginAsync(string user, string password = Password)
    {
        var client = Port.Client();
        var (status, body, _) = await client.PostAsJsonAsync("login", new { user, password });
        Assert.True(status == 200, body?.ToJsonString());
        client.DefaultRequestHeaders.Add("X-Tidegate-Csrf", body!["csrf"]!.GetValue<string>());
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }
}
