using Tidegate.Tests.Support;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Tidegate.Tests;

/// <summary>
/// The test program, or a child of a test. A child is sent its way here and not in a module initializer: while that runs, every other thread that
/// touches a type of this assembly waits for its end, so a child with more than one thread would stand still.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (ChildProgram.RunWhenAsked()) return 0;
        // As the entry point xunit would generate: `dotnet test` asks for the platform, everything else is the console runner.
        return arguments.Contains("--server") || arguments.Contains("--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(arguments);
    }
}
