using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Tidegate.Hosting;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Hosting;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Golden;

/// <summary>Every endpoint of the admin port and who may call it.</summary>
public sealed class ApiTests
{
    [Fact]
    public async Task Endpoints_AreAsListed_AndEachSaysWhoMayCallIt()
    {
        using var directory = new TempDirectory();
        await using var node = Node.Build(TestNode.Options(directory.Path), Modules.All, TimeProvider.System);
        var endpoints = node.Endpoints.SelectMany(Describe).Order(StringComparer.Ordinal).ToList();

        Assert.True(endpoints.Count > 5, $"only {endpoints.Count} endpoints found");
        Assert.DoesNotContain(endpoints, line => line.EndsWith("NOBODY", StringComparison.Ordinal));
        Assert.Equal(endpoints.Count, endpoints.Distinct().Count());
        GoldenFile.Check("api.txt", string.Join('\n', endpoints) + "\n");
    }

    [Fact]
    public async Task Endpoints_NeedAPermissionThatAModuleDeclares()
    {
        using var directory = new TempDirectory();
        await using var node = Node.Build(TestNode.Options(directory.Path), Modules.All, TimeProvider.System);
        var declared = Modules.All.SelectMany(module => module.Permissions).ToHashSet();
        var needed = node.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<Permission>()).OfType<Permission>().ToList();

        Assert.NotEmpty(needed);
        Assert.All(needed, permission => Assert.Contains(permission, declared));
    }

    private static IEnumerable<string> Describe(RouteEndpoint endpoint)
    {
        var who = endpoint.Metadata.GetMetadata<WithoutLogin>() is not null ? "without login" : endpoint.Metadata.GetMetadata<Permission>()?.Name ?? "NOBODY";
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"];
        return methods.Select(method => $"{endpoint.RoutePattern.RawText} {method}  {who}");
    }
}
