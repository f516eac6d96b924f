using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tidegate.Core.Ports;
using Tidegate.Hosting.Admin;
using Tidegate.Hosting.Supervision;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;
using Tidegate.Platform.Security.Passwords;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Support;

/// <summary>
/// The real admin port (Kestrel on a free loopback port, the product's pipeline) over a test database, with Storage, Audit, Security and the modules
/// under test. Its clock is the caller's.
/// </summary>
public sealed class TestAdmin : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestAdmin(WebApplication app, bool shows)
    {
        _app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var first = app.Services.GetRequiredService<FirstLogin>();
        First = first.Take();
        if (shows) first.Shown();
    }

    public Uri Address { get; }

    /// <summary>What the first start made; null on later starts.</summary>
    public FirstCredentials? First { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<TestAdmin> StartAsync(TestDatabase database, TimeProvider time, params Module[] more) => StartAsync(database, time, shows: true, more);

    /// <summary>With <paramref name="shows"/> false the process ends before it has shown its first credentials.</summary>
    public static async Task<TestAdmin> StartAsync(TestDatabase database, TimeProvider time, bool shows, params Module[] more)
    {
        var options = (await database.OptionsAsync()) with { Admin = new Uri("http://127.0.0.1:0") };
        Module[] modules = [new StorageModule(() => Modules.All, typeof(Modules).Assembly), new AuditModule(), new SecurityModule(), .. more];
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(options).AddSingleton(time).AddSingleton<IRandomSource>(new TestRandom());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddModules(modules, options);
        // A hash of the real cost takes a tenth of a second and more; one test checks that cost.
        builder.Services.AddSingleton(new PasswordCost(2_000));
        AdminPort.Register(builder, options);
        var app = builder.Build();
        AdminPort.Map(app, modules);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestAdmin(app, shows);
    }

    /// <summary>A client with its own cookies and, when given, a token.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = true, AllowAutoRedirect = false }) { BaseAddress = new Uri(Address, "/api/v1/") };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A client that acts as the first admin.</summary>
    public HttpClient Admin() => Client(First!.Token);

    public async ValueTask DisposeAsync()
    {
        // Disposing alone does not wait for background services, and they may still be at files that are deleted next.
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}

/// <summary>Short forms for JSON over HTTP.</summary>
public static class TestAdminClientExtensions
{
    public static async Task<(int Status, JsonNode? Body, HttpResponseMessage Answer)> CallAsync(
        this HttpClient client, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, ApiJson.Options), Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), answer);
    }

    public static Task<(int Status, JsonNode? Body, HttpResponseMessage Answer)> GetAsJsonAsync(this HttpClient client, string path) => client.CallAsync(HttpMethod.Get, path);

    public static Task<(int Status, JsonNode? Body, HttpResponseMessage Answer)> PostAsJsonAsync(this HttpClient client, string path, object? body, params (string Name, string Value)[] headers) =>
        client.CallAsync(HttpMethod.Post, path, body ?? "{}", headers);
}
