using Tidegate.Cli;
using Tidegate.Hosting.Settings;
using Tidegate.Platform.Hosting;

namespace Tidegate.Hosting;

/// <summary>
/// The configuration of <c>serve --upstream</c>: one service and one route, written as a document like any other, so that it can be read,
/// kept and grown into a real one.
/// </summary>
internal static class UpstreamDocument
{
    /// <summary>What is wrong with the address of <c>--upstream</c>; empty when nothing is, or when none is given.</summary>
    public static IReadOnlyList<string> Mistakes(string? upstream)
    {
        try
        {
            if (upstream is not null) SettingText.HttpAddress(upstream);
            return [];
        }
        catch (FormatException wrong)
        {
            return [$"--upstream: {wrong.Message}"];
        }
    }

    /// <summary>Writes the document below the data directory and makes it the configuration.</summary>
    public static ProcessOptions Use(ProcessOptions options, string upstream)
    {
        if (options.ConfigDirectory is not null) throw new VerbFailure(ExitCode.Usage, "--upstream and --config exclude each other: a configuration names its services itself.");
        try
        {
            var address = SettingText.HttpAddress(upstream);
            RefuseOwn(options, address);
            var directory = Path.Combine(options.DataDirectory, "upstream");
            DataDirectory.Make(options.DataDirectory);
            DataDirectory.Make(directory);
            File.WriteAllText(Path.Combine(directory, "upstream.yaml"), Text(address));
            return options with { ConfigDirectory = directory };
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailure(ExitCode.DataDirectory, $"Cannot write the data directory: {denied.Message}") { Action = "Name another with --data." };
        }
    }

    // Every call would come back to this process, and go out again.
    private static void RefuseOwn(ProcessOptions options, Uri upstream)
    {
        var (flag, own) = options.Listen.Select(address => ("--listen", address)).Append(("--admin", options.Admin)).FirstOrDefault(port => LocalAddress.Covers(port.Item2, upstream));
        if (own is null) return;
        throw new VerbFailure(ExitCode.Usage, $"--upstream {upstream.GetLeftPart(UriPartial.Authority)} is this Tidegate's own address ({flag} {own.GetLeftPart(UriPartial.Authority)}): calls would go in a circle.")
        {
            Action = $"Name the service that Tidegate shall stand in front of, or move Tidegate to another port with {flag}.",
        };
    }

    // The address is escaped by Uri; it cannot end the quoted scalar.
    internal static string Text(Uri address) => $$"""
        # Written by `tidegate serve --upstream`. Copy it to a directory of your own, change it, and run `tidegate serve --config DIR`.
        apiVersion: tidegate/v1
        kind: Service
        metadata:
          name: upstream
        spec:
          destinations:
            - address: "{{address.AbsoluteUri}}"
        ---
        apiVersion: tidegate/v1
        kind: Route
        metadata:
          name: everything
        spec:
          match:
            path: /{**path}
          service: upstream
          identify:
            anonymous: true

        """;
}
