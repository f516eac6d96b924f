using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Writing;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.CallLog.Support;

/// <summary>The module behind a real Kestrel on a free port, without login.</summary>
internal sealed class CallLogHost : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly WebApplication _app;

    private CallLogHost(Action<IServiceCollection>? more)
    {
        var module = new CallLogModule();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddRequestTimeouts().AddSingleton(TimeProvider.System).AddLogging();
        var options = new ProcessOptions { DataDirectory = _directory.Path };
        builder.Services.AddSingleton(options);
        module.Register(builder.Services, options);
        more?.Invoke(builder.Services);
        _app = builder.Build();
        _app.UseRouting();
        module.Map(_app.MapGroup("/api/v1"));
    }

    public HttpClient Client { get; } = new();

    public IServiceProvider Services => _app.Services;

    public static async Task<CallLogHost> StartAsync(Action<IServiceCollection>? more = null)
    {
        var host = new CallLogHost(more);
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        host.Client.BaseAddress = new Uri(host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/api/v1/");
        await host.Services.GetRequiredService<CallWriter>().FlushAsync();
        return host;
    }

    public async Task WriteAsync(params IEnumerable<CallRecord> calls)
    {
        foreach (var call in calls) Assert.True(Services.GetRequiredService<CallSink>().TryWrite(call));
        Assert.True(await Services.GetRequiredService<CallWriter>().FlushAsync());
    }

    public async Task<JsonNode> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        // Disposing alone does not wait for the writer, and it may open the log again while its directory is deleted.
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}
