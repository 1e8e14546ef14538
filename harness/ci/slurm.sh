#!/usr/bin/env bash
# Slurm: an array of eight tasks, each with one part of the runs. The folder is one that all nodes see.
#   sbatch slurm.sh SCENARIOS CLIENT
# When the array is done:
#   halfopen merge traces --html report.html
#SBATCH --job-name=halfopen
#SBATCH --array=1-8
#SBATCH --cpus-per-task=1
#SBATCH --output=halfopen-%a.log
set -euo pipefail

halfopen run "$1" --client "$2" --quiet --shard auto --trace-dir traces
