using Tidegate.Platform.Hosting;

namespace Tidegate.Cli;

/// <summary>Which Tidegate a verb talks to: flag, else <c>TIDEGATE_ADDRESS</c>, else the last login, else the default.</summary>
internal static class AdminAddress
{
    public static Uri Find(VerbContext context, Uri? flag)
    {
        if (flag is not null) return flag;
        if (context.Terminal.Variable("TIDEGATE_ADDRESS") is not { } text) return context.Profiles.Read().Current ?? new ProcessOptions().Admin;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        throw new VerbFailure(ExitCode.Usage, $"TIDEGATE_ADDRESS: '{text}' is not an http or https address.") { Action = "Set it to something like http://127.0.0.1:8081." };
    }
}
