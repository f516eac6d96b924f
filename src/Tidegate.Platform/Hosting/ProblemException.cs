namespace Tidegate.Platform.Hosting;

/// <summary>Thrown anywhere below an endpoint to answer with a <see cref="Hosting.Problem"/>; the host turns it into the answer.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    /// <summary>What is answered.</summary>
    public Problem Problem { get; } = problem;
}
