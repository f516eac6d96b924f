using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Cli;
using Tidegate.Core.Resources;
using Tidegate.Hosting;
using Tidegate.Platform.Storage;
using Tidegate.Status;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Hosting;

/// <summary>Starting, being ready, stopping, and saying why not.</summary>
public sealed class NodeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readyz_IsRedWithoutConfiguration_AndGreenWithOne()
    {
        await using var node = await TestNode.StartAsync();

        using var before = await node.Http.GetAsync("/readyz", Cancel);
        var why = await before.Content.ReadFromJsonAsync<Readiness>(Cancel);
        node.Ports.Config.Apply(ConfigDocument.Empty);
        using var after = await node.Http.GetAsync("/readyz", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        Assert.Contains("no configuration", Assert.Single(why!.Reasons));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Readyz_IsRedAsSoonAsStopping_WhileTheAdminPortStillAnswers()
    {
        await using var node = await TestNode.StartAsync();
        node.Ports.Config.Apply(ConfigDocument.Empty);
        var gateway = (Tidegate.Gateway.GatewayServer)node.Node.Services.GetService(typeof(Tidegate.Gateway.GatewayServer))!;

        await gateway.StopAsync(Cancel);
        using var answer = await node.Http.GetAsync("/readyz", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("stopping", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Status_ShowsTheProblemsOfModules()
    {
        await using var node = await TestNode.StartAsync();
        node.Ports.Problems.Add("The disk is full.");

        var status = ((NodeStatusReader)node.Node.Services.GetService(typeof(NodeStatusReader))!).Read();

        var module = Assert.Single(status.Modules, module => module.Name == "Ports");
        Assert.False(module.Healthy);
        Assert.Equal(["The disk is full."], module.Problems);
        Assert.All(status.Modules.Where(other => other.Name != "Ports"), other => Assert.True(other.Healthy, other.Name + ": " + string.Join(' ', other.Problems)));
    }

    [Fact]
    public async Task Start_AdminPortTaken_SaysSoWithItsExitCode()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var directory = new TempDirectory();
        var options = TestNode.Options(directory.Path) with { Admin = new Uri($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}") };
        await using var node = Node.Build(options, TestNode.ModulesWith(new PortsModule()), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<VerbFailure>(() => node.StartAsync(Cancel));

        Assert.Equal(ExitCode.AddressInUse, failure.ExitCode);
        Assert.Contains(options.Admin.Authority, failure.Message);
        Assert.Contains("--admin", failure.Action);
    }

    [Fact]
    public async Task Start_TrafficPortTaken_SaysSoWithItsExitCode()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var directory = new TempDirectory();
        var options = TestNode.Options(directory.Path) with { Listen = [new Uri($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}")] };
        await using var node = Node.Build(options, TestNode.ModulesWith(new PortsModule()), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<VerbFailure>(() => node.StartAsync(Cancel));

        Assert.Equal(ExitCode.AddressInUse, failure.ExitCode);
        Assert.Contains(options.Listen[0].Authority, failure.Message);
    }

    [Theory]
    [InlineData("http://192.0.2.1:80")]
    [InlineData("http://192.0.2.1:0")]
    public async Task Start_AddressOfAnotherMachine_SaysSoBeforeSecretsAreMade(string address)
    {
        using var directory = new TempDirectory();
        var options = TestNode.Options(directory.Path) with { Listen = [new Uri(address)] };
        await using var node = Node.Build(options, TestNode.ModulesWith(new PortsModule()), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<VerbFailure>(() => node.StartAsync(Cancel));

        Assert.Equal(ExitCode.AddressInUse, failure.ExitCode);
        Assert.Contains("Not an address of this machine: " + options.Listen[0].GetLeftPart(UriPartial.Authority), failure.Message);
        Assert.Contains("--listen", failure.Action);
        Assert.False(File.Exists(directory.Combine("state.db")));
    }

    [Fact]
    public async Task Start_StateThatIsNoDatabase_GoesOnWithoutAndSaysWhatToDo()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory.Combine("state.db"), "not a database, however long one reads in it");
        await using var node = Node.Build(TestNode.Options(directory.Path), TestNode.ModulesWith(new PortsModule()), TimeProvider.System);

        await node.StartAsync(Cancel);

        var trouble = node.Services.GetRequiredService<StateStore>().Trouble!;
        Assert.Equal(StateFault.Damaged, trouble.Error.Fault);
        Assert.Contains("restore it from a backup", trouble.Error.Message, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = node.Admin };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/livez", Cancel)).StatusCode);
        using var login = await http.PostAsync("/api/v1/login", new StringContent("""{"user":"admin","password":"x"}""", System.Text.Encoding.UTF8, "application/json"), Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, login.StatusCode);
        Assert.Contains("damaged", await login.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await node.StopAsync();
    }

    [Fact]
    public void DataDirectory_HeldByAnother_IsRefusedAndNamesTheProcess()
    {
        using var directory = new TempDirectory();
        using var first = DataDirectory.Open(directory.Path);

        var failure = Assert.Throws<VerbFailure>(() => DataDirectory.Open(directory.Path));

        Assert.Equal(ExitCode.DataDirectory, failure.ExitCode);
        Assert.Contains($"process {Environment.ProcessId}", failure.Message);
    }

    [Fact]
    public void DataDirectory_LeftBehindByADeadProcess_IsTaken()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory.Combine("tidegate.lock"), "4711\n");

        using var taken = DataDirectory.Open(directory.Path);

        Assert.Equal(directory.Path, taken.Path);
    }

    [Fact]
    public void DataDirectory_ThatCannotBeMade_IsRefusedWithTheRemedy()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory.Combine("file"), "");

        var failure = Assert.Throws<VerbFailure>(() => DataDirectory.Open(directory.Combine("file/data")));

        Assert.Equal(ExitCode.DataDirectory, failure.ExitCode);
        Assert.Contains("--data", failure.Action);
    }

    [Fact]
    public void DataDirectory_IsForItsOwnerOnly()
    {
        using var directory = new TempDirectory();

        using var data = DataDirectory.Open(directory.Combine("data"));

        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data.Path));
    }
}
