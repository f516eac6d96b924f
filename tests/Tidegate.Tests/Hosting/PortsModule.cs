using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Ports;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Hosting;

/// <summary>Stands in for the modules that feed the gateway, and brings endpoints and background work that misbehave.</summary>
internal sealed class PortsModule(BackgroundService? work = null) : Module
{
    public TestConfigSource Config { get; } = new();

    public List<string> Problems { get; } = [];

    public override string Name => "Ports";

    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton<IConfigSource>(Config).AddSingleton<ICallSink>(new CollectingSink()).AddSingleton<ISecretSource>(new TestSecrets());
        services.AddSingleton<IModuleHealth>(new Health(Problems));
        if (work is not null) services.AddSingleton<IHostedService>(work);
    }

    public override void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/test/crash", () => { throw new InvalidOperationException("secret detail"); }).AllowWithoutLogin();
        api.MapGet("/test/conflict", () => { throw new ProblemException(Refusals.Conflict); }).AllowWithoutLogin();
        api.MapPost("/test/echo", (Body body) => TypedResults.Ok(body)).AllowWithoutLogin();
        api.MapGet("/test/number", (int n) => TypedResults.Ok(n)).AllowWithoutLogin();
    }

    internal sealed record Body(string Name, int Count, IReadOnlyList<Part>? Parts = null, IReadOnlyDictionary<string, double>? Levels = null, DateOnly? Day = null, DateTimeOffset? At = null);

    internal sealed record Part(Size Size);

    internal enum Size
    {
        Small,
        Large,
    }

    private static class Refusals
    {
        public static readonly Problem Conflict = new() { Status = 409, Code = "test_conflict", Resource = "thing x", Detail = "Somebody was faster.", Action = "Read it again." };
    }

    private sealed class Health(List<string> problems) : IModuleHealth
    {
        public string Module => "Ports";

        public IReadOnlyList<string> Problems => problems;
    }
}
