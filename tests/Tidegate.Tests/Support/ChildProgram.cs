using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tidegate.Tests.Support;

/// <summary>
/// A program in a process of its own, for tests that kill it. It is a static method of this assembly: the process is the test program, which runs the
/// method instead of tests when the environment says so.
/// </summary>
internal static class ChildProgram
{
    private const string Variable = "TIDEGATE_TEST_CHILD";

    /// <summary>The variables that make the test program run a method.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentFor(Action<string[]> program, params string[] arguments) =>
        new Dictionary<string, string> { [Variable] = string.Join('\n', [program.Method.DeclaringType!.FullName!, program.Method.Name, .. arguments]) };

    /// <summary>Starts <paramref name="program"/>, a static method without captures, with arguments. Its standard output can be read.</summary>
    public static Process Start(Action<string[]> program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(ChildProgram).Assembly.Location);
        foreach (var (name, value) in EnvironmentFor(program, arguments)) start.Environment[name] = value;
        return Process.Start(start)!;
    }

#pragma warning disable CA2255 // The one place that must run before the test runner's Main.
    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } asked) return;
        var words = asked.Split('\n');
        var method = Type.GetType(words[0])!.GetMethod(words[1], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        method.Invoke(null, [words[2..]]);
        Environment.Exit(0);
    }
}
