using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Gateway;
using Tidegate.Gateway.Models.Buffers;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>The real gateway on a free loopback port, with its edges (configuration, sink, clock, chance, secrets) in the test's hands.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestGateway(ServiceProvider services, Setup setup)
    {
        _services = services;
        Given = setup;
        Server = services.GetRequiredService<GatewayServer>();
        Status = services.GetRequiredService<INodeStatus>();
    }

    /// <summary>What it was started with.</summary>
    public Setup Given { get; }

    public GatewayServer Server { get; }

    public INodeStatus Status { get; }

    public CollectingSink Calls => Given.Sink;

    /// <summary>First address it listens on.</summary>
    public Uri Address => Server.Addresses[0];

    /// <summary>A client of the first address: HTTP/1.1, no redirects, no cookies, no decompression.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Anything registered.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts a gateway with one document.</summary>
    public static Task<TestGateway> StartAsync(ConfigDocument document, params IssuedKey[] keys) => StartAsync(new Setup(), document, keys);

    /// <summary>Starts a gateway with edges of the test's own.</summary>
    public static async Task<TestGateway> StartAsync(Setup setup, ConfigDocument? document, params IssuedKey[] keys)
    {
        if (document is not null) setup.Source.Apply(document, keys);
        var services = new ServiceCollection();
        services.AddLogging(l => l.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(setup.Log));
        services.AddSingleton<IConfigSource>(setup.Source).AddSingleton<ICallSink>(setup.Sink).AddSingleton<ISecretSource>(setup.Secrets)
            .AddSingleton<IRandomSource>(new NumberedIds(setup.Random)).AddSingleton(setup.Time);
        services.AddSingleton<IHostApplicationLifetime, NoLifetime>();
        services.AddGateway(setup.Options);
        services.AddSingleton(new BytePool(setup.Pool));
        setup.Services?.Invoke(services);
        var gateway = new TestGateway(services.BuildServiceProvider(), setup);
        foreach (var hosted in gateway._services.GetServices<IHostedService>()) await hosted.StartAsync(TestContext.Current.CancellationToken);
        gateway.Client = gateway.NewClient();
        return gateway;
    }

    /// <summary>Makes another document the one in force.</summary>
    public void Apply(ConfigDocument document, params IssuedKey[] keys) => Given.Source.Apply(document, keys);

    /// <summary>A client with connections of its own.</summary>
    public HttpClient NewClient(Uri? address = null, Version? version = null, Action<SocketsHttpHandler>? change = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.None, ActivityHeadersPropagator = null,
        };
        change?.Invoke(handler);
        return new HttpClient(handler)
        {
            BaseAddress = address ?? Address, Timeout = TimeSpan.FromSeconds(30),
            DefaultRequestVersion = version ?? HttpVersion.Version11, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    /// <summary>Sends one request with changes.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestHeaders>? headers = null, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        headers?.Invoke(request.Headers);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>GET with headers.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, h =>
    {
        foreach (var (name, value) in headers) h.TryAddWithoutValidation(name, value);
    });

    /// <summary>Sends bytes on a connection of their own.</summary>
    public Task<RawResponse> RawAsync(string bytes) => RawClient.SendAsync(Address, bytes);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var hosted in _services.GetServices<IHostedService>().Reverse()) await hosted.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        Assert.Equal(0, Given.Pool.Strange);
    }

    /// <summary>The edges of a gateway under test.</summary>
    internal sealed class Setup
    {
        public GatewayOptions Options { get; set; } = new() { Listen = [new Uri("http://127.0.0.1:0")], Drain = TimeSpan.FromSeconds(5), IdleGrace = TimeSpan.Zero };

        public TestConfigSource Source { get; } = new();

        public CollectingSink Sink { get; } = new();

        public TestSecrets Secrets { get; } = new();

        public IRandomSource Random { get; set; } = new TestRandom();

        public TimeProvider Time { get; set; } = TimeProvider.System;

        public CollectingLog Log { get; } = new();

        /// <summary>Lends the bytes of model calls: whoever reads them too late reads nonsense.</summary>
        public PoisonedPool Pool { get; } = new();

        /// <summary>Last word on registrations.</summary>
        public Action<IServiceCollection>? Services { get; set; }
    }

    private sealed class NoLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
