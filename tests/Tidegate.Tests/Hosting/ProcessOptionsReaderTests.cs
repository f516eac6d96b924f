using Tidegate.Cli;
using Tidegate.Hosting.Settings;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Cli;

namespace Tidegate.Tests.Hosting;

public sealed class ProcessOptionsReaderTests
{
    [Fact]
    public async Task Read_NothingGiven_IsTheDefaults()
    {
        var (code, options, _) = await ReadAsync("settings");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equivalent(new ProcessOptions(), options, strict: true);
    }

    [Fact]
    public async Task Read_Flags_GoBeforeVariables()
    {
        var (_, options, _) = await ReadAsync("settings --drain 5s --listen http://127.0.0.1:1 --listen http://127.0.0.1:2 --log-json", ("TIDEGATE_DRAIN", "9s"), ("TIDEGATE_ZONE", "eu"), ("TIDEGATE_LOG_JSON", "false"));

        Assert.Equal(TimeSpan.FromSeconds(5), options!.Drain);
        Assert.Equal(2, options.Listen.Count);
        Assert.Equal("eu", options.Zone);
        Assert.True(options.LogJson);
    }

    [Fact]
    public async Task Read_ListVariable_IsSplitAtCommas()
    {
        var (_, options, _) = await ReadAsync("settings", ("TIDEGATE_TRUSTED_PROXIES", "10.0.0.0/8, ::1"));

        Assert.Equal(["10.0.0.0/8", "::1"], options!.TrustedProxies);
    }

    [Theory]
    [InlineData("banana", "such as Host=")]
    [InlineData("postgres://user:geheim@db/tidegate", "such as Host=")]
    [InlineData("Database=tidegate;Password=geheim", "Host is missing")]
    public async Task Read_DatabaseThatIsNoConnectionString_SaysWhatIsExpectedAndNoPassword(string text, string expected)
    {
        var (code, _, terminal) = await ReadAsync("settings", ("TIDEGATE_DATABASE", text));

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("TIDEGATE_DATABASE: ", terminal.Errors);
        Assert.Contains(expected, terminal.Errors);
        Assert.DoesNotContain("geheim", terminal.Errors);
    }

    [Fact]
    public async Task Read_BadSettings_AreAllReportedAtOnce()
    {
        var (code, _, terminal) = await ReadAsync(
            "settings --listen foo --admin http://127.0.0.1:1/path --drain 3 --drain 4s --trace-share 2 --config /no/such/dir --trusted-proxy nowhere --watch",
            ("TIDEGATE_CALLS_DAYS", "0"), ("TIDEGATE_CALLS_BYTES", "1"));

        Assert.Equal(ExitCode.Usage, code);
        foreach (var source in new[] { "--listen", "--admin", "--drain", "--trace-share", "--config", "--trusted-proxy", "TIDEGATE_CALLS_DAYS", "TIDEGATE_CALLS_BYTES", "--watch" })
            Assert.Contains($"\n  {source}: ", terminal.Errors);
        Assert.StartsWith("error: 9 settings are wrong.", terminal.Errors);
    }

    [Theory]
    [InlineData("settings --listen http://127.0.0.1:8081", "--admin: port 8081 is taken by --listen")]
    [InlineData("settings --listen https://127.0.0.1:8443", "--listen: https needs certificates")]
    [InlineData("settings --listen http://*:80", "'http://*:80' names no address")]
    [InlineData("settings --admin https://127.0.0.1:8443", "--admin: https is not supported there yet")]
    public async Task Read_SettingsThatDoNotGoTogether_AreRefused(string arguments, string expected)
    {
        var (code, _, terminal) = await ReadAsync(arguments);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(expected, terminal.Errors);
    }

    [Fact]
    public void Settings_CoverEveryOption()
    {
        var settings = ProcessSettings.For(new());

        Assert.Equal(typeof(ProcessOptions).GetProperties().Length, settings.Count);
        Assert.Equal(settings.Count, settings.Select(setting => setting.Flag).Distinct().Count());
        Assert.Equal(settings.Count, settings.Select(setting => setting.Variable).Distinct().Count());
    }

    private static async Task<(int Code, ProcessOptions? Options, FakeTerminal Terminal)> ReadAsync(string arguments, params (string Name, string Value)[] variables)
    {
        var terminal = new FakeTerminal();
        foreach (var (name, value) in variables) terminal.Variables[name] = value;
        var verb = new SettingsVerb();
        var line = new CommandLine(terminal, new FakeAdmin(_ => FakeAdmin.Json("{}")), TimeProvider.System, [new VerbGroup("Test", [verb])]);
        var code = await line.RunAsync(arguments.Split(' '), TestContext.Current.CancellationToken);
        return (code, verb.Result, terminal);
    }

    private sealed class SettingsVerb : Verb
    {
        private readonly ProcessOptionsReader _reader;

        public SettingsVerb()
            : base("settings", "Read settings.") => _reader = new ProcessOptionsReader(this, ProcessSettings.For(new()), new());

        public ProcessOptions? Result { get; private set; }

        public override Task<int> RunAsync(VerbContext context)
        {
            Result = _reader.Read(context);
            return Task.FromResult(ExitCode.Ok);
        }
    }
}
